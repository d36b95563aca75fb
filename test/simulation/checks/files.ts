import type { Batch, ChunkProgress } from '#ledger/batches/batch.ts';
import { attemptOfRow } from '#ledger/batches/run-chunk.ts';
import type { Transaction } from '#ledger/orders/order.ts';
import { compare } from './asks.ts';
import type { RestWithOrders } from './check-all.ts';
import { storedOf } from './stored.ts';

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

/** Files of a simulation fit into one chunk. */
function wrongRows(
  { world }: RestWithOrders,
  batch: Batch & { merchant: string },
  transactions: ReadonlyMap<string, Transaction>,
): string[] {
  if (batch.state !== 'finished') return [`is still ${batch.state}`];
  const isOfBatch = (one: { batch?: string }) => one.batch === batch.uuid;
  const progress = storedOf<ChunkProgress>(world.engine, 'PROGRESS#000000').find(isOfBatch);
  if (progress === undefined) return ['has no results'];
  let sum = 0;
  const findings = progress.results.flatMap((result, position) => {
    if (result === null) return [`knows nothing of row ${position}`];
    if (result.state === 'done') sum += result.amount;
    const made = transactions.get(attemptOfRow(progress.base, position));
    const isPaid = made?.status === 'succeeded';
    if (isPaid !== (result.state === 'done')) {
      return [`calls row ${position} ${result.state}, its transaction is ${made?.status}`];
    }
    return [];
  });
  const told = Object.values(batch.totals?.done.amounts ?? {}).reduce(
    (one, other) => one + other,
    0,
  );
  return told === sum ? findings : [...findings, `says ${told} for ${sum}`];
}
