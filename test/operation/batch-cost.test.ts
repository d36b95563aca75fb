import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine } from '#infra/local/engine.ts';
import { ROWS_PER_CHUNK } from '#ledger/batches/batch.ts';
import { type CountingProxy, startCountingProxy } from '#test/bench/counting-proxy.ts';
import { Batches } from '#test/support/batches.ts';
import { SERVICE } from '#test/support/orders.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let proxy: CountingProxy;
let batches: Batches;

beforeAll(async () => {
  engine = await startEngine(null);
  proxy = await startCountingProxy(engine.endpoint);
  batches = await Batches.start(proxy.url);
});
afterAll(async () => {
  await batches.ledger.stop();
  proxy.stop();
  await engine.stop();
});

test('rows of a chunk share their reads, and write what a charge writes', async () => {
  const { card } = await batches.ledger.seed(batches.merchant);
  const rows = Array.from({ length: ROWS_PER_CHUNK }, (_, index) => ({
    line: index + 2,
    amount: index + 1,
    card: card.uuid,
    customer: card.customer,
    service: SERVICE.uuid,
    additional: null,
    notifyUrl: null,
    extraData: null,
  }));
  const run = async (count: number) => {
    const uuid = await batches.receive(rows.slice(0, count));
    proxy.take();
    await batches.drain();
    expect((await batches.batch(uuid)).totals?.done.count).toBe(count);
    return proxy.take();
  };
  // The first payments of a card and a customer write more, and meet.
  await run(1);
  const { calls, writeUnits } = await run(ROWS_PER_CHUNK);
  // An order and a card each, who screens them: three reads of ten rows at a time.
  expect(calls.BatchGetItem).toBeLessThan(ROWS_PER_CHUNK / 2);
  // Intent, outcome, and the word that the order is found by.
  expect(calls.PutItem).toBeLessThan(2.1 * ROWS_PER_CHUNK);
  expect(calls.TransactWriteItems).toBeLessThan(1.1 * ROWS_PER_CHUNK);
  expect(writeUnits / ROWS_PER_CHUNK).toBeLessThan(23);
});
