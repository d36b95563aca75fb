import type { Batch, ChunkProgress } from '#ledger/batches/batch.ts';
import { attemptOfRow } from '#ledger/batches/run-chunk.ts';
import type { Transaction } from '#ledger/orders/order.ts';
import { compare } from './asks.ts';
import type { RestWithOrders } from './check-all.ts';
import { storedOf, storedUnder } from './stored.ts';

/** Every file is finished, each of its rows was done once, and its sums are those of its rows. */
export function checkFiles(rest: RestWithOrders): void {
  const { world, asks, orders } = rest;
  const batches = storedOf<Batch>(world.engine, 'BATCH');
  const transactions = new Map(
    orders.flatMap((order) => order.transactions.map((one) => [one.uuid, one] as const)),
  );
  for (const batch of batches) {
    for (const finding of wrongRows(rest, batch, transactions)) {
      world.fail(`file ${batch.uuid} ${finding}`);
    }
  }
  for (const ask of asks.of('file')) {
    const [, filename] = ask.split(' ');
    compare(rest, ask, batches.filter((batch) => batch.filename === filename).length);
  }
}

function wrongRows(
  { world }: RestWithOrders,
  batch: Batch & { merchant: string },
  transactions: ReadonlyMap<string, Transaction>,
): string[] {
  if (batch.state !== 'finished') return [`is still ${batch.state}`];
  const chunks = storedUnder<ChunkProgress>(world.engine, `#BATCH#${batch.uuid}`).filter(
    ({ results }) => results !== undefined,
  );
  const numbers = chunks.map(({ number }) => number).toSorted((one, other) => one - other);
  const isWhole = numbers.length === batch.chunks && numbers.every((one, index) => one === index);
  if (!isWhole) return [`has results of chunks ${numbers.join(', ')} of ${batch.chunks}`];
  const findings = chunks.flatMap((chunk) => wrongResults(chunk, transactions));
  const results = chunks.flatMap((chunk) => chunk.results).filter((result) => result !== null);
  const done = results.filter(({ state }) => state === 'done');
  const sum = done.reduce((all, { amount }) => all + amount, 0);
  const told = Object.values(batch.totals?.done.amounts ?? {}).reduce(
    (one, other) => one + other,
    0,
  );
  const rejected = results.filter(({ state }) => state === 'rejected').length;
  return [
    ...findings,
    ...(told === sum ? [] : [`says ${told} for ${sum}`]),
    ...(rejected === batch.rejected ? [] : [`has ${rejected} of ${batch.rejected} rejected rows`]),
  ];
}

function wrongResults(
  { number, base, results }: ChunkProgress,
  transactions: ReadonlyMap<string, Transaction>,
): string[] {
  return results.flatMap((result, position) => {
    const row = `row ${position} of chunk ${number}`;
    if (result === null) return [`knows nothing of ${row}`];
    const made = transactions.get(attemptOfRow(base, position));
    const isPaid = made?.status === 'succeeded';
    if (isPaid === (result.state === 'done')) return [];
    return [`calls ${row} ${result.state}, its transaction is ${made?.status}`];
  });
}
