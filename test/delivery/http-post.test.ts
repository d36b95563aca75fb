import dns from 'node:dns';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import ipaddr from 'ipaddr.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deliveryErrorOf } from '../../shared/delivery/delivery-error.ts';
import { postJson } from '../../shared/delivery/http-post.ts';

const LOCAL = { timeoutMs: 2000, allowPrivate: true };
const GUARDED = { timeoutMs: 2000, allowPrivate: false };
const BODY = '{"order":{"description":"Caf\\u00e9 é"}}';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  return (server.address() as AddressInfo).port;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const serve = async (handler: Handler) =>
  `http://127.0.0.1:${await listen(createServer(handler))}/`;

/** A server below HTTP. */
const serveRaw = async (onData: (socket: Socket) => void) => {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => onData(socket));
  });
  return `http://127.0.0.1:${await listen(server)}/`;
};

describe('what is sent', () => {
  test('is the body as it is, with its length, on a connection of its own', async () => {
    const received = Promise.withResolvers<{ request: IncomingMessage; body: string }>();
    const url = await serve(async (request, response) => {
      received.resolve({ request, body: await text(request) });
      response.writeHead(204).end();
    });
    const result = await postJson(`${url}hook?order=1`, BODY, LOCAL);
    expect(result).toEqual({ status: 204, error: null, durationMs: expect.any(Number) });
    const { request, body } = await received.promise;
    expect(body).toBe(BODY);
    expect(request).toMatchObject({ method: 'POST', url: '/hook?order=1' });
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(BODY)),
      'user-agent': 'Pasarela/1',
      connection: 'close',
    });
  });
});

describe('what comes back', () => {
  test.each([200, 201, 204, 404, 500, 503])('a status of %i', async (status) => {
    const url = await serve((_request, response) => {
      response.writeHead(status).end(status === 204 ? undefined : 'secret');
    });
    const result = await postJson(url, BODY, LOCAL);
    expect(result).toMatchObject({ status, error: null });
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  test.each([301, 302, 307, 308])('a redirect of %i, not followed', async (status) => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests += 1;
      response.writeHead(status, { Location: '/elsewhere' }).end();
    });
    expect(await postJson(url, BODY, LOCAL)).toMatchObject({ status, error: null });
    expect(requests).toBe(1);
  });

  test('the status before a body that never ends', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200).write('slow');
    });
    const result = await postJson(url, BODY, { ...LOCAL, timeoutMs: 200 });
    expect(result).toMatchObject({ status: 200, error: null });
    expect(result.durationMs).toBeLessThan(1500);
  });

  test('the status before an endless body, which is cut off', async () => {
    let sent = 0;
    const url = await serve((_request, response) => {
      const chunk = Buffer.alloc(16 * 1024);
      const pour = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.writeHead(200).on('drain', pour);
      pour();
    });
    const result = await postJson(url, BODY, { ...LOCAL, timeoutMs: 10_000 });
    expect(result).toMatchObject({ status: 200, error: null });
    expect(result.durationMs).toBeLessThan(5000);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  test('the status before a reset', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half');
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    });
    expect(await postJson(url, BODY, LOCAL)).toMatchObject({ status: 200, error: null });
  });
});

describe('what goes wrong', () => {
  test('no answer in time', async () => {
    const url = await serve(() => {});
    const result = await postJson(url, BODY, { ...LOCAL, timeoutMs: 100 });
    expect(result).toMatchObject({ status: null, error: 'timeout' });
    expect(result.durationMs).toBeGreaterThanOrEqual(95);
    expect(result.durationMs).toBeLessThan(1500);
  });

  test('an answer that drips does not extend the time', async () => {
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('X: y\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const result = await postJson(url, BODY, { ...LOCAL, timeoutMs: 200 });
    expect(result).toMatchObject({ status: null, error: 'timeout' });
    expect(result.durationMs).toBeLessThan(1500);
  });

  test('a name that takes too long to resolve', async () => {
    vi.spyOn(dns, 'lookup').mockImplementation((() => {}) as never);
    const options = { ...GUARDED, timeoutMs: 100 };
    expect(await postJson('http://merchant.example/', BODY, options)).toMatchObject({
      error: 'timeout',
    });
  });

  test.each([
    ['a reset', 'connection_reset', (socket: Socket) => socket.resetAndDestroy()],
    ['a connection closed without an answer', 'connection_reset', (socket: Socket) => socket.end()],
    ['no HTTP', 'invalid_response', (socket: Socket) => socket.end('220 mail.example ESMTP\r\n')],
    [
      'headers without end',
      'invalid_response',
      (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(100_000)}`),
    ],
    [
      'another protocol',
      'connection_reset',
      (socket: Socket) =>
        socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ],
  ])('%s is %s', async (_what, error, onData) => {
    expect(await postJson(await serveRaw(onData), BODY, LOCAL)).toMatchObject({
      status: null,
      error,
    });
  });

  test('nobody listens', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const result = await postJson(`http://127.0.0.1:${port}/`, BODY, LOCAL);
    expect(result).toMatchObject({ status: null, error: 'connection_refused' });
  });

  test('no TLS where it was expected', async () => {
    const url = await serve((_request, response) => response.end());
    const result = await postJson(url.replace('http:', 'https:'), BODY, LOCAL);
    expect(result).toMatchObject({ status: null, error: 'tls_failed' });
  });

  test.each([
    ['ENOTFOUND', 'dns_failed'],
    ['EAI_AGAIN', 'dns_failed'],
    ['ETIMEDOUT', 'timeout'],
    ['EPIPE', 'connection_reset'],
    ['EHOSTUNREACH', 'connection_failed'],
    ['CERT_HAS_EXPIRED', 'tls_failed'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_failed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_failed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed'],
    ['HPE_HEADER_OVERFLOW', 'invalid_response'],
  ])('%s is %s', (code, error) => {
    expect(deliveryErrorOf(Object.assign(new Error('10.0.0.7'), { code }))).toBe(error);
  });

  test.each([
    [''],
    ['merchant.example/hook'],
    ['/hook'],
    ['ftp://merchant.example/'],
    ['file:///etc/passwd'],
    ['data:application/json,{}'],
    ['http://'],
    ['http://user@merchant.example/'],
    ['https://:secret@merchant.example/'],
    ['http://merchant.example:99999/'],
  ])('"%s" is no URL to post to', async (url) => {
    expect(await postJson(url, BODY, LOCAL)).toMatchObject({ status: null, error: 'invalid_url' });
  });

  test('a URL may have 2048 characters', async () => {
    const url = await serve((_request, response) => response.end());
    const longest = url.padEnd(2048, 'a');
    expect(await postJson(longest, BODY, LOCAL)).toMatchObject({ status: 200 });
    expect(await postJson(`${longest}a`, BODY, LOCAL)).toMatchObject({ error: 'invalid_url' });
  });
});

describe('the guard', () => {
  const untouched = () => serve((_request, response) => response.end());

  test('refuses an address that is not public', async () => {
    const url = await untouched();
    expect(await postJson(url, BODY, GUARDED)).toMatchObject({ error: 'address_not_allowed' });
    const mapped = url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
    expect(await postJson(mapped, BODY, GUARDED)).toMatchObject({ error: 'address_not_allowed' });
    expect(await postJson(url, BODY, LOCAL)).toMatchObject({ status: 200 });
  });

  test('refuses a name that resolves to one', async () => {
    const url = (await untouched()).replace('127.0.0.1', 'localhost');
    expect(await postJson(url, BODY, GUARDED)).toMatchObject({ error: 'address_not_allowed' });
    const secure = url.replace('http:', 'https:');
    expect(await postJson(secure, BODY, GUARDED)).toMatchObject({ error: 'address_not_allowed' });
    expect(await postJson(url, BODY, LOCAL)).toMatchObject({ status: 200 });
  });

  test('resolves a name once and connects to what it checked', async () => {
    const hosts: unknown[] = [];
    const url = await serve((request, response) => {
      hosts.push(request.headers.host);
      response.end();
    });
    // The only server at hand is a local one, so loopback counts as public here.
    vi.spyOn(ipaddr.IPv4.prototype, 'range').mockReturnValue('unicast');
    const addresses = ['127.0.0.1', '127.0.0.2'];
    const lookup = vi
      .spyOn(dns, 'lookup')
      .mockImplementation(((
        _host: string,
        _options: unknown,
        callback: (error: null, addresses: unknown) => void,
      ) => callback(null, [{ address: addresses.shift(), family: 4 }])) as never);
    const named = url.replace('127.0.0.1', 'merchant.example');
    expect(await postJson(named, BODY, GUARDED)).toMatchObject({ status: 200 });
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(hosts).toEqual([new URL(named).host]);
  });
});
