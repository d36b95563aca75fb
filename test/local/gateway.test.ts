import { request as httpRequest, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateway } from '#infra/local/gateway.ts';
import { compileRoutes } from '#infra/local/router.ts';
import { type LocalServer, listen } from '#infra/local/server.ts';
import { operation } from './operation.ts';

let server: LocalServer;

beforeAll(async () => {
  server = await listen('127.0.0.1', 0);
  const operations = [
    operation('echo', ['GET /echo/{name}', 'POST /echo/{name}']),
    operation('throws', ['GET /throws'], async () => {
      throw new Error('a secret');
    }),
    operation('plain', ['GET /plain'], async () => ({ some: 'value' })),
    operation('bytes', ['GET /bytes'], async () => ({
      statusCode: 201,
      headers: { 'X-Number': 5 },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    })),
  ];
  server.serve(gateway(compileRoutes(operations), () => {}));
});

afterAll(() => server.stop());

interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

async function send(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${server.url}${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The event that the function got. */
async function eventOf(path: string, init: RequestInit = {}) {
  const reply = await send(path, init);
  expect(reply.status).toBe(200);
  return JSON.parse(reply.text);
}

/** Sends bytes that no HTTP client would send; the result is the first line of the answer. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(text));
    socket.once('data', (chunk) => {
      resolve(chunk.toString().split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('the event', () => {
  test('has the fields of payload format 2.0', async () => {
    const event = await eventOf('/v1/sandbox/echo/caf%C3%A9%2Fbar/?a=1&b=%20x&a=2&c', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-One': 'yes' },
      body: '{"ñ":"€"}',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/sandbox/echo/{name}',
      rawPath: '/v1/sandbox/echo/caf%C3%A9%2Fbar/',
      rawQueryString: 'a=1&b=%20x&a=2&c',
      queryStringParameters: { a: '1,2', b: ' x', c: '' },
      pathParameters: { name: 'café/bar' },
      body: '{"ñ":"€"}',
      isBase64Encoded: false,
      requestContext: {
        routeKey: 'POST /v1/sandbox/echo/{name}',
        stage: '$default',
        domainName: new URL(server.url).host,
        http: { method: 'POST', sourceIp: '127.0.0.1', protocol: 'HTTP/1.1' },
      },
    });
    expect(event.headers['x-one']).toBe('yes');
    expect(event.requestContext.timeEpoch).toBeGreaterThan(1.7e12);
  });

  test('has no body, query or cookies when the request has none', async () => {
    const event = await eventOf('/v1/echo/x');
    for (const absent of ['body', 'queryStringParameters', 'cookies']) {
      expect(event).not.toHaveProperty(absent);
    }
  });

  test('lists cookies apart from the headers', async () => {
    const event = await eventOf('/v1/echo/x', { headers: { cookie: 'a=1; b=2' } });
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test.each([
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
    ['text/plain', false],
    ['application/vnd.api+json', false],
  ])('of a %s body is base64: %s', async (type, isBase64Encoded) => {
    const headers = { 'content-type': type };
    const event = await eventOf('/v1/echo/x', { method: 'POST', headers, body: 'a=é' });
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(event.body).toBe(isBase64Encoded ? Buffer.from('a=é').toString('base64') : 'a=é');
  });

  test('keeps a query parameter with the name of a prototype', async () => {
    const reply = await send('/v1/echo/x?__proto__=1&constructor=2');
    expect(reply.text).toContain('"queryStringParameters":{"__proto__":"1","constructor":"2"}');
  });
});

describe('the answer', () => {
  test('of a value without status is its JSON', async () => {
    const reply = await send('/v1/plain');
    expect([reply.status, reply.text]).toEqual([200, '{"some":"value"}']);
  });

  test('can have bytes, numbers in headers, and cookies', async () => {
    const response = await fetch(`${server.url}/v1/bytes`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-number')).toBe('5');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  });

  test('of a function that throws says nothing of the reason', async () => {
    const reply = await send('/v1/throws');
    expect([reply.status, reply.text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test('to what is no route is 404', async () => {
    const reply = await send('/v1/nothing');
    expect([reply.status, JSON.parse(reply.text)]).toEqual([
      404,
      {
        message: 'Not Found',
        code: 404,
        current_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+0[12]00$/),
        details: 'Cannot GET /v1/nothing',
      },
    ]);
    expect(reply.headers.get('allow')).toBeNull();
  });

  test.each(['DELETE', 'OPTIONS'])('to another method, %s, is 405', async (method) => {
    const reply = await send('/v1/echo/x', { method });
    expect([reply.status, JSON.parse(reply.text)]).toEqual([
      405,
      {
        message: 'Method Not Allowed',
        code: 405,
        current_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+0[12]00$/),
        details: `Cannot ${method} /v1/echo/x: this path takes GET, POST`,
      },
    ]);
    expect(reply.headers.get('allow')).toBe('GET, POST');
  });

  test('to HEAD has no body', async () => {
    const reply = await send('/v1/echo/x', { method: 'HEAD' });
    expect([reply.status, reply.text]).toEqual([405, '']);
  });

  test.each(['/v1/echo/%zz', '/v1/echo/%ff', '/v1/echo/x?a=%', '/v1/echo/x?a=%E0%A4%A'])(
    'to %s is 400',
    async (path) => {
      expect(await sendRaw(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).toBe(
        'HTTP/1.1 400 Bad Request',
      );
    },
  );

  test.each(['nonsense\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'GET  /v1/x\0 HTTP/1.1\r\n\r\n'])(
    'to malformed HTTP is 400',
    async (text) => {
      expect(await sendRaw(text)).toMatch(/^HTTP\/1.1 (400|505)/);
      expect((await send('/v1/plain')).status).toBe(200);
    },
  );
});

describe('the body limit', () => {
  const LIMIT = 10 * 1024 * 1024;

  test('lets 10 MB pass', async () => {
    const headers = { 'content-type': 'text/plain' };
    const body = 'x'.repeat(LIMIT);
    const event = await eventOf('/v1/echo/x', { method: 'POST', headers, body });
    expect(event.body).toHaveLength(LIMIT);
  });

  test.each([
    ['with a length', { headers: { 'content-length': LIMIT + 1 } }],
    ['in chunks', {}],
  ])('refuses more, %s', async (_, options: RequestOptions) => {
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${server.url}/v1/echo/x`, { method: 'POST', ...options });
      request.on('response', (response) => resolve(response.statusCode)).on('error', reject);
      request.write(Buffer.alloc(LIMIT));
      request.end('x');
    });
    expect(status).toBe(413);
  });

  test('does not wait for a client that gave up', async () => {
    const request = httpRequest(`${server.url}/v1/echo/x`, { method: 'POST' });
    request.on('error', () => {});
    request.write('x');
    await sleep(20);
    request.destroy();
    expect((await send('/v1/plain')).status).toBe(200);
  });
});

describe('listen', () => {
  test('answers 503 until there is something to serve, and lets requests finish', async () => {
    const other = await listen('127.0.0.1', 0);
    expect((await fetch(`${other.url}/v1/slow`)).status).toBe(503);
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<string>();
    const slow = operation('slow', ['GET /slow'], () => {
      begun.resolve();
      return end.promise;
    });
    other.serve(gateway(compileRoutes([slow]), () => {}));
    const pending = fetch(`${other.url}/v1/slow`).then((response) => response.text());
    await begun.promise;
    const stopped = other.stop();
    end.resolve('done');
    await stopped;
    expect(await pending).toBe('done');
    await expect(fetch(other.url)).rejects.toThrow();
  });

  test('says when a port is taken', async () => {
    const { port } = new URL(server.url);
    await expect(listen('127.0.0.1', Number(port))).rejects.toThrow('already in use');
  });
});
