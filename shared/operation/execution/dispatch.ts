import type { DueItem, DueKind } from '#ledger/core/store.ts';
import { errorFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { type Due, dueItems } from './sweep.ts';

/** As many messages as a queue takes in one call. */
const BATCH = 10;

/** How many batches are queued in parallel. */
const WORKERS = 4;

/** A schedule stops this long before its function would be stopped. */
const RESERVE_MS = 10_000;

/** How due work of a kind is handed to a queue. */
export interface Dispatch<K extends DueKind> {
  kind: K;
  /** Only work that has been due for at least this long. */
  graceMs: number;
  /** Claims items that were due until a time, and queues those that it could claim. */
  queue(items: readonly DueItem<K>[], dueMs: number): Promise<void>;
}

/**
 * Queues what is due on the real clock, ten at a time. What time does not suffice for is left to
 * the next run.
 * @throws when a batch failed, after all others were tried
 */
export async function dispatch<K extends DueKind>(
  runtime: Runtime,
  remainingMs: () => number,
  { kind, graceMs, queue }: Dispatch<K>,
): Promise<void> {
  const due = dueItems(runtime, { kind, graceMs })[Symbol.asyncIterator]();
  let [count, failures] = [0, 0];
  const worker = async () => {
    while (remainingMs() > RESERVE_MS) {
      const batch = await take(due);
      if (batch.length === 0) return;
      count += batch.length;
      try {
        const items = batch.map((one) => one.item);
        await queue(items, batch[0]?.untilMs ?? 0);
      } catch (error) {
        failures += 1;
        runtime.log('error', 'due_items_failed', { function: kind, ...errorFields(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  if (count > 0) runtime.log('info', 'swept', { function: kind, count });
  if (failures > 0) throw new Error(`${failures} batches of ${count} due items failed`);
}

async function take<K extends DueKind>(due: AsyncIterator<Due<K> | null>): Promise<Due<K>[]> {
  const batch: Due<K>[] = [];
  while (batch.length < BATCH) {
    const { value, done } = await due.next();
    if (done === true) break;
    if (value !== null) batch.push(value);
  }
  return batch;
}
