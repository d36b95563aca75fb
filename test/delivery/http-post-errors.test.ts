import dns from 'node:dns';
import net, { type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deliveryErrorOf } from '#delivery/delivery-error.ts';
import { postJson } from '#delivery/http-post.ts';
import { closeServers, listen, serve, serveRaw } from './servers.ts';

const LOCAL = { timeoutMs: 30_000, allowPrivate: true };
const GUARDED = { timeoutMs: 30_000, allowPrivate: false };
const BODY = '{}';

afterEach(async () => {
  vi.restoreAllMocks();
  await closeServers();
});

describe('what goes wrong', () => {
  test('no answer in time, after which the connection is closed', async () => {
    let isClosed = false;
    const url = await serve((request) => {
      request.on('close', () => {
        isClosed = true;
      });
    });
    const result = await postJson(url, BODY, { ...LOCAL, timeoutMs: 100 });
    expect(result).toMatchObject({ status: null, error: 'timeout' });
    expect(result.durationMs).toBeGreaterThanOrEqual(95);
    expect(result.durationMs).toBeLessThan(LOCAL.timeoutMs);
    await expect.poll(() => isClosed, { timeout: 5000 }).toBe(true);
  });

  test('an answer that drips does not extend the time', async () => {
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('X: y\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const result = await postJson(url, BODY, { ...LOCAL, timeoutMs: 200 });
    expect(result).toMatchObject({ status: null, error: 'timeout' });
    expect(result.durationMs).toBeLessThan(LOCAL.timeoutMs);
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
