import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { BatchReport } from '#administration/batches.ts';
import { adminJson, runAdmin } from '#test/support/admin.ts';
import { type AnswerBody, Client } from '#test/support/client.ts';
import { type LocalProcess, startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

/** `BATCH_ROWS=100000 npx vitest run test/flows/batch-crash.test.ts` runs a large file. */
const ROWS = Number(process.env.BATCH_ROWS ?? 600);
const ROWS_PER_FILE = 40_000;
const KILLS = 5;

/** A local server runs all functions in one process, beside that of its engine. */
const MAX_MB = 300;

/** A large file is killed at moments that are further apart. */
const KILL_AFTER_MS = 1000 + ROWS;

/** For what never happens, however slow the machine. */
const TIMEOUT_MS = 400_000 + ROWS * 100;

const SETTINGS = {
  SCHEDULE_SECONDS: '1',
  RECOVER_AFTER_SECONDS: '5',
  SANDBOX_LATENCY_MS: '20',
  LOG_LEVEL: 'silent',
};

const folder = temporaryFolder();
let server: LocalProcess | null = null;

afterAll(async () => {
  await server?.end('SIGKILL');
  folder[Symbol.dispose]();
});

async function start(settings: Record<string, string> = {}): Promise<LocalProcess> {
  server = await startProcess(folder.path, { ...SETTINGS, ...settings });
  return server;
}

const admin = (...args: string[]) => ['--data-dir', folder.path, 'batch', ...args];

async function reports(merchant: string): Promise<BatchReport[]> {
  return (await adminJson({}, ...admin('list', merchant))) as unknown as BatchReport[];
}

const doneOf = (all: readonly BatchReport[]) =>
  all.reduce((sum, { totals }) => sum + totals.done.count, 0);

/** The most memory that the server has ever had, and each process that it started. */
function memoryMb({ pid }: LocalProcess): { server: number; others: number } {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return { server: peakMb(String(pid)), others: Math.max(...children.map(peakMb)) };
}

function peakMb(pid: string): number {
  const [, kb] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

/** Amounts are the row's number, so that a row that is lost or charged twice shows in the sum. */
async function sendFiles(client: Client): Promise<void> {
  const card = await client.saveCard();
  const { redsys } = client.credentials.services;
  for (let first = 1; first <= ROWS; first += ROWS_PER_FILE) {
    const count = Math.min(ROWS_PER_FILE, ROWS - first + 1);
    const rows = Array.from(
      { length: count },
      (_, index) => `${first + index},${card.uuid},customer,${redsys}`,
    );
    const csv = `AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE\n${rows.join('\n')}`;
    const data = Buffer.from(csv).toString('base64');
    const answer = await client.post('/batch/authorizations', { data, filename: `${first}.csv` });
    expect(answer.status, answer.text).toBe(200);
  }
}

test(`${ROWS} rows are charged once though the server is killed ${KILLS} times`, {
  timeout: TIMEOUT_MS,
}, async () => {
  const started = Date.now();
  // The first kill comes in the middle, however slow the machine.
  let running = await start({ SANDBOX_LATENCY_MS: '1000' });
  const client = () => new Client(running.demo.paylands);
  const before = await client().rows();
  await sendFiles(client());
  const memory: ReturnType<typeof memoryMb>[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await sleep(KILL_AFTER_MS * (0.2 + Math.random()));
    if (kill === 1) expect(doneOf(await reports('Demo'))).toBeLessThan(ROWS);
    memory.push(memoryMb(running));
    await running.end('SIGKILL');
    running = await start();
  }
  let all = await reports('Demo');
  while (all.some(({ batch }) => batch.state !== 'finished')) {
    await sleep(1000);
    all = await reports('Demo');
  }
  memory.push(memoryMb(running));

  const sum = (ROWS * (ROWS + 1)) / 2;
  expect(doneOf(all)).toBe(ROWS);
  const amounts = all.map(({ totals }) => totals.done.amounts.EUR ?? 0);
  expect(amounts.reduce((total, one) => total + one, 0)).toBe(sum);
  await checkResults(all, sum);
  await checkLedger(client(), before.length, sum);
  const server = Math.round(Math.max(...memory.map((one) => one.server)));
  const others = Math.round(Math.max(...memory.map((one) => one.others)));
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${ROWS} rows in ${seconds} s; server ${server} MB, engine ${others} MB at most`);
  expect(server).toBeLessThan(MAX_MB);
  expect(others).toBeLessThan(MAX_MB);
  expect(await running.end('SIGTERM')).toBe(0);
});

/** Every row of the files has its own order. */
async function checkResults(all: readonly BatchReport[], sum: number): Promise<void> {
  const orders = new Set<string>();
  let total = 0;
  for (const { batch } of all) {
    const { code, stdout } = await runAdmin({}, ...admin('results', 'Demo', batch.uuid));
    expect(code).toBe(0);
    for (const line of stdout.trimEnd().split('\n').slice(1)) {
      const [, status, order = '', , amount] = line.split(',');
      expect(status).toBe('SUCCESS');
      orders.add(order);
      total += Number(amount);
    }
  }
  expect(orders.size).toBe(ROWS);
  expect(total).toBe(sum);
}

/** Pages end before they are too large to answer. */
type Page = AnswerBody & { next_offset?: number };

/** The ledger has moved as much, in as many transactions. */
async function checkLedger(client: Client, before: number, sum: number): Promise<void> {
  let count = 0;
  let total = 0;
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const answer = await client.get(`/orders?limit=10000&offset=${offset}`);
    const { transactions, next_offset }: Page = answer.body;
    for (const { status, type, amount, orderUUID } of transactions) {
      expect(orderUUID).toBeTruthy();
      if (status === 'SUCCESS' && type === 'AUTHORIZATION') total += amount;
    }
    count += transactions.length;
    offset = next_offset;
  }
  expect(count).toBe(ROWS + before);
  expect(total).toBeGreaterThanOrEqual(sum);
}
