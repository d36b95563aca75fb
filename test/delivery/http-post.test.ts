import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { postJson } from '#delivery/http-post.ts';
import { closeServers, serve } from './servers.ts';

const LOCAL = { timeoutMs: 30_000, allowPrivate: true };
const BODY = '{"order":{"description":"Caf\\u00e9 é"}}';

afterEach(closeServers);

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
    expect(result.durationMs).toBeLessThan(LOCAL.timeoutMs);
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
    const result = await postJson(url, BODY, LOCAL);
    expect(result).toMatchObject({ status: 200, error: null });
    expect(result.durationMs).toBeLessThan(LOCAL.timeoutMs);
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
