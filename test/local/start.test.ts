import { execFile } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, createOrder } from '#test/support/demo-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { failedStart, type LocalProcess, startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

/** Engines that work on a data folder. */
async function enginesOn(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(`${folder}/ledger.db`));
}

describe('npm start', () => {
  test('finds all data and the same credentials again, and stops cleanly', async () => {
    using folder = temporaryFolder();
    const first = await startProcess(folder.path);
    const order = await createOrder(first.demo);
    expect(await first.end('SIGTERM')).toBe(0);
    expect(existsSync(join(folder.path, 'runtime.json'))).toBe(false);
    rmSync(join(folder.path, 'demo.json'));

    const second = await startProcess(folder.path);
    const { baseUrl: _, ...credentials } = second.demo.paylands;
    expect(first.demo.paylands).toMatchObject(credentials);
    expect((await call(second.demo, `/order/${order}`)).body.order?.uuid).toBe(order);
    expect(await second.end('SIGINT')).toBe(0);
    await eventually(async () => expect(await enginesOn(folder.path)).toEqual([]));
  });

  test('recovers after it was killed, and leaves no engine behind', async () => {
    using folder = temporaryFolder();
    const first = await startProcess(folder.path);
    const order = await createOrder(first.demo);
    await first.end('SIGKILL');
    const second = await startProcess(folder.path);
    expect((await call(second.demo, `/order/${order}`)).body.order?.uuid).toBe(order);
    await second.end('SIGKILL');
    await eventually(async () => expect(await enginesOn(folder.path)).toEqual([]));
  });

  test('starts on a folder whose last user is dead, though its place is taken by others', async () => {
    using folder = temporaryFolder();
    const other = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    // A living process with its number, and somebody who answers at its address.
    writeFileSync(join(folder.path, 'runtime.json'), JSON.stringify({ pid: process.pid, url }));
    const server = await startProcess(folder.path);
    other.close();
    expect(await server.end('SIGTERM')).toBe(0);
  });

  test.each([
    ['a bad setting', { RECOVER_AFTER_SECONDS: 'soon' }, 'RECOVER_AFTER_SECONDS must be a number'],
    ['a bad choice', { SANDBOX_UNKNOWN_CARD: 'ask' }, 'must be one of approve, refuse'],
  ])('says in one sentence what is wrong with %s', async (_, settings, sentence) => {
    using folder = temporaryFolder();
    const { output } = await failedStart(folder.path, settings);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  });

  test('says in one sentence what is wrong with a damaged file', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'ledger.db'), 'not a database at all'.repeat(1000));
    const { output } = await failedStart(folder.path);
    const [sentence, ...more] = output.trim().split('\n');
    expect(sentence).toContain(`${folder.path}/ledger.db: the file is damaged`);
    expect(more).toEqual([]);
  });
});

describe('a server that runs', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: LocalProcess;
  /** What it said before the first request. */
  let welcome: string;

  beforeAll(async () => {
    folder = temporaryFolder();
    chmodSync(folder.path, 0o755);
    writeFileSync(join(folder.path, 'mailbox.jsonl'), '', { mode: 0o644 });
    server = await startProcess(folder.path, { LOG_LEVEL: '' });
    welcome = server.output();
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    folder[Symbol.dispose]();
  });

  test('keeps all files of its folder to their owner, whatever the folder was', async () => {
    await createOrder(server.demo);
    const files = readdirSync(folder.path, { recursive: true, withFileTypes: true });
    const open = files
      .filter((entry) => entry.isFile())
      .filter((entry) => (statSync(join(entry.parentPath, entry.name)).mode & 0o077) !== 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test('prints commands that create and charge an order when they are pasted', async () => {
    const commands = welcome.slice(welcome.indexOf('post() {'));
    const { stdout } = await promisify(execFile)('sh', ['-c', commands]);
    expect(JSON.parse(stdout)).toMatchObject({
      code: 200,
      order: { status: 'SUCCESS', paid: true, amount: 1050 },
    });
  });

  test('tells of every request in a line, also of what there is not', async () => {
    const { demo } = server;
    const { token } = (await call(demo, `/order/${await createOrder(demo)}`)).body.order ?? {};
    await fetch(`${demo.paylands.baseUrl}/payment/process/${token}`);
    await call(demo, '/order/none');
    await fetch(`${demo.url}/v1/sandbox/paymnt`, { method: 'POST' });
    await eventually(() => expect(server.output()).toContain('/v1/sandbox/paymnt 404'));
    const log = server.output().slice(welcome.length);
    const line = (path: string, rest: string) =>
      expect(log).toMatch(new RegExp(`^\\d\\d:\\d\\d:\\d\\d ${path} ${rest}`, 'm'));
    line('POST /v1/sandbox/payment', '200 [\\d.]+ ms \\(request [0-9a-f-]{36}\\)$');
    line('GET /v1/sandbox/order/none', '40[04] [\\d.]+ ms: .+ \\(request');
    line('POST /v1/sandbox/paymnt', '404 [\\d.]+ ms: Cannot POST .* did you mean');
    line(`GET /v1/sandbox/payment/process/${token?.slice(0, 24)}…`, '200');
    for (const secret of [token, demo.paylands.apiKey, demo.paylands.signature]) {
      expect(log).not.toContain(secret);
    }
  });

  test('describes the demo merchant in a private file', () => {
    const { demo } = server;
    expect(demo.paylands.baseUrl).toBe(`${demo.url}/v1/sandbox`);
    expect(Object.keys(demo.paylands.services)).toEqual([
      'paylands',
      'redsys',
      'credorax',
      'cashflows',
      'clearhaus',
      'sibs',
    ]);
    const stored = readFileSync(join(folder.path, 'ledger.db-wal'), 'latin1');
    expect(stored).not.toContain(demo.paylands.apiKey);
    expect(stored).not.toContain(demo.paylands.signature);
  });

  test('is the reason why another one does not start, which says so plainly', async () => {
    using other = temporaryFolder();
    const { port } = new URL(server.demo.url);
    const [taken, used, wrong] = await Promise.all([
      failedStart(other.path, { PORT: port }),
      failedStart(folder.path),
      failedStart(other.path, { SCHEDULE_SECONDS: 'often' }),
    ]);
    expect([taken.code, used.code, wrong.code]).toEqual([1, 1, 1]);
    expect(taken.output).toBe(
      `Port ${port} of 127.0.0.1 is already in use: stop what listens there or set PORT\n`,
    );
    expect(used.output).toContain(`is in use by the server at ${server.demo.url}`);
    expect(wrong.output).toContain('SCHEDULE_SECONDS must be a number');
  });
});
