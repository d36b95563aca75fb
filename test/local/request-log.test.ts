import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { logged } from '#infra/local/request-log.ts';
import { type LocalServer, listen } from '#infra/local/server.ts';

let server: LocalServer;
const lines: string[] = [];

const TOKEN = 'a1b2c3d4'.repeat(16);

function serve(format: 'text' | 'json', level: 'info' | 'warn' | 'silent' = 'info'): void {
  const listener = logged(
    (request, response) => {
      const wrong = request.url?.includes('wrong') === true;
      const details = `The card 4111111111111111 is not\nvalid`;
      response.writeHead(wrong ? 400 : 200, { 'apigw-requestid': 'request-1' });
      response.end(JSON.stringify(wrong ? { details } : { details: 'nothing' }));
    },
    format,
    level,
    (line) => lines.push(line),
  );
  server.serve(listener);
}

beforeAll(async () => {
  server = await listen('127.0.0.1', 0);
});
afterAll(() => server.stop());
beforeEach(() => {
  lines.length = 0;
});

const get = (path: string) => fetch(server.url + path).then((response) => response.text());

test('a request is a line that people read', async () => {
  serve('text');
  await get('/fine');
  await get('/wrong');
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d GET \/fine 200 [\d.]+ ms \(request request-1\)\n$/);
  expect(lines[1]).toContain(' ms: The card ****1111 is not valid (request request-1)\n');
});

test.each([
  ['4548%208120%204940%200004', '****0004'],
  [`customer-4548812049400004${'x'.repeat(30)}`, `customer-****0004${'x'.repeat(7)}…`],
])('a card number in a path is masked: %s', async (segment, shown) => {
  serve('text');
  await get(`/order/${segment}`);
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toContain(` GET /order/${shown} 200 `);
});

test('or a line that programs read', async () => {
  serve('json');
  await get('/wrong');
  await expect.poll(() => lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    event: 'answered',
    method: 'GET',
    path: '/wrong',
    status: 400,
    durationMs: expect.any(Number),
    reason: 'The card ****1111 is not valid',
    requestId: 'request-1',
  });
});

test('a request that was never answered is not told of as answered', async () => {
  const listener = logged(
    (request) => request.resume(),
    'text',
    'info',
    (line) => lines.push(line),
  );
  server.serve(listener);
  const impatient = { method: 'POST', signal: AbortSignal.timeout(200) };
  await expect(fetch(`${server.url}/left`, { ...impatient, body: 'x' })).rejects.toThrow();
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toMatch(/POST \/left 499 .* ms: the client did not wait$/m);
  const half = connect(Number(new URL(server.url).port), '127.0.0.1');
  half.write('POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx');
  setTimeout(() => half.destroy(), 200);
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines[1]).toMatch(/POST \/half 499 .* ms: the request did not come to its end$/m);
});

test('nothing in it pays: no query, no whole token, no card number', async () => {
  serve('text');
  await get(`/payment/process/${TOKEN}?card=4111111111111111&signature=secret`);
  await get('/order/4111111111111111');
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines[0]).toContain(`GET /payment/process/${TOKEN.slice(0, 24)}… 200`);
  expect(lines[1]).toContain('GET /order/****1111 200');
  expect(lines.join()).not.toMatch(/secret|41111/);
});

test('less is told where less is asked for, and the polls of the home page never are', async () => {
  serve('text', 'warn');
  await get('/fine');
  await get('/wrong');
  await expect.poll(() => lines).toHaveLength(1);
  serve('text', 'silent');
  await get('/wrong');
  serve('text');
  await get('/home/live.json');
  await get('/last');
  await expect.poll(() => lines.at(-1)).toContain('GET /last');
  expect(lines).toHaveLength(2);
});
