import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO } from '#infra/local/demo.ts';
import { startEngine } from '#infra/local/engine.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { BenchClient } from './client.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { atLeast, atMost } from './goals.ts';
import { isWrite, replay, startRecorder } from './recorder.ts';
import { type Server, startServer } from './server.ts';
import { elapsed, median, print, round } from './stats.ts';

const ROWS = Number(process.env.BENCH_BATCH_ROWS ?? 1000);
const ROUNDS = 3;

/** As many rows are under way at a time as lanes work on: 4 chunks of 20 each. */
const WORKERS = 80;

/**
 * Rows of a file per second beside what the engine alone can do, in turns, because other work on
 * the machine slows both; and what a row costs.
 */
export async function benchBatch(): Promise<void> {
  const alone = await startEngineAlone();
  const rates: number[] = [];
  const ceilings: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.push(await rowsPerSecond());
    ceilings.push(await alone.rowsPerSecond());
  }
  await alone.stop();
  const ratio = round(median(rates.map((rate, index) => rate / (ceilings[index] ?? rate))));
  const costs = await costsOfRow();
  print(`A file of ${ROWS} payments`, [
    {
      'rows/s': round(median(rates), 1),
      'engine alone, rows/s': round(median(ceilings), 1),
      ratio,
      goal: atLeast('rows/s of a file beside the engine alone', ratio, 0.5),
      ...costs,
    },
  ]);
}

async function rowsPerSecond(): Promise<number> {
  const server = await startServer();
  const ms = await runFile(server);
  await server.stop();
  return (ROWS * 1000) / ms;
}

/** Sends a file and waits until its last row is done; how long that took. */
async function runFile({ demo }: Server): Promise<number> {
  const bench = new BenchClient(demo.paylands);
  const data = await fileOf(bench, demo.paylands.services.redsys ?? '', ROWS);
  const others = (await bench.get('list', '/orders')).count;
  const last = `/orders?limit=1&offset=${others + ROWS - 1}`;
  const startedMs = performance.now();
  await bench.post('batch', '/batch/authorizations', { data, filename: 'bench.csv' });
  while ((await bench.get('list', last)).count === 0) await sleep(200);
  return performance.now() - startedMs;
}

/** Rows that are counted, and how long they may take until somebody looks. */
const COUNTED_ROWS = 100;
const COUNTING_MS = 20_000;

async function costsOfRow() {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const proxy = await startCountingProxy(engine.endpoint);
  const server = await startServer({
    DYNAMODB_ENDPOINT: proxy.url,
    ACCESS_CACHE_SECONDS: '600',
    SCHEDULE_SECONDS: '600',
  });
  await sleep(1000);
  const bench = new BenchClient(server.demo.paylands);
  const { redsys = '' } = server.demo.paylands.services;
  const data = await fileOf(bench, redsys, COUNTED_ROWS);
  proxy.take();
  const charge = await chargeOneStep(bench, redsys, proxy);
  await bench.post('batch', '/batch/authorizations', { data, filename: 'bench.csv' });
  await sleep(COUNTING_MS);
  const counts = proxy.take();
  await server.stop();
  proxy.stop();
  await engine.stop();
  const units = round(counts.writeUnits / COUNTED_ROWS, 1);
  return {
    'write units a row': units,
    'of a charge with its order': charge.writeUnits,
    'their goal': atMost('write units of a row beside a charge', units, charge.writeUnits + 2),
    'read units a row': round(counts.readUnits / COUNTED_ROWS, 1),
    'calls a row': round(
      Object.values(counts.calls).reduce((sum, one) => sum + one, 0) / COUNTED_ROWS,
      2,
    ),
  };
}

/** An order that is created and charged with a card that has paid before, over HTTP. */
async function chargeOneStep(bench: BenchClient, service: string, proxy: CountingProxy) {
  const customer_ext_id = CUSTOMER;
  const order = { amount: 1, operative: 'AUTHORIZATION', description: 'Bench', service };
  for (let round = 1; ; round += 1) {
    proxy.take();
    const created = await bench.post('createOrder', '/payment', { ...order, customer_ext_id });
    await bench.post('charge', '/payment/direct', {
      order_uuid: created.order.uuid,
      card_uuid: cardUuid,
    });
    if (round === 2) return proxy.take();
  }
}

const CUSTOMER = 'bench';
let cardUuid = '';

/** Payments of one card, as base64. */
async function fileOf(bench: BenchClient, service: string, count: number): Promise<string> {
  const saved = await bench.post('saveCard', '/payment-method/card', {
    customer_ext_id: CUSTOMER,
    card_holder: 'Jane Doe',
    card_pan: '4548812049400004',
    card_expiry_month: '12',
    card_expiry_year: '34',
  });
  cardUuid = saved.Source.uuid;
  const rows = Array.from(
    { length: count },
    (_, index) => `${index + 1},${cardUuid},${CUSTOMER},${service}`,
  );
  const csv = `AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE\n${rows.join('\n')}`;
  return Buffer.from(csv).toString('base64');
}

/**
 * The writes of as many rows, as they were sent, and nothing else: no reads, no SDK. What the rows
 * need beside them is ours.
 */
async function startEngineAlone() {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const recorder = await startRecorder(engine.endpoint);
  const server = await startServer({ DYNAMODB_ENDPOINT: recorder.url, SCHEDULE_SECONDS: '600' });
  recorder.begin();
  await runFile(server);
  const writes = recorder.taken().filter(isWrite);
  await server.stop();
  recorder.stop();
  return {
    async rowsPerSecond(): Promise<number> {
      const other = mintUuid(Date.now());
      const ms = await elapsed(writes.length, WORKERS, (index) =>
        replay(engine.endpoint, writes[index], DEMO.merchant, other),
      );
      return (ROWS * 1000) / ms;
    },
    async stop(): Promise<void> {
      await engine.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
