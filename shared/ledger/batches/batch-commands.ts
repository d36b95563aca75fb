import { isoNow, type LedgerContext, nowMs } from '#ledger/core/context.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { type Batch, type ChunkProgress, isComplete, LANES, MAX_RUNNING } from './batch.ts';
import type { BatchDue } from './batch-store.ts';
import { totalsOf } from './totals.ts';

/** Stages a batch as its next version. */
export function stageBatch(context: LedgerContext, batch: Batch, due: BatchDue): Batch {
  const next = { ...batch, version: batch.version + 1 };
  context.work.stage({ change: 'batch', batch: next, due, testClock: context.merchant.testClock });
  return next;
}

/**
 * Starts work on a file and announces its first chunks, one per lane. Returns false, and leaves the
 * file waiting, when the merchant already has as many files running as it may.
 */
export async function startBatch(context: LedgerContext, batch: Batch): Promise<boolean> {
  const { runningBatches } = await context.store.read(context.merchant, { runningBatches: 'all' });
  const running = runningBatches ?? { version: 0, batches: [] };
  if (running.batches.length >= MAX_RUNNING) return false;
  const batches = [...running.batches, batch.uuid];
  context.work.stage({
    change: 'running_batches',
    running: { version: running.version + 1, batches },
  });
  const started: Batch = { ...batch, state: 'running', startedAt: isoNow(context) };
  stageBatch(context, started, watched(context));
  const firsts = Array.from({ length: Math.min(LANES, batch.chunks) }, (_, chunk) => chunk);
  for (const chunk of firsts) announceChunk(context, batch.uuid, chunk);
  return true;
}

/** Announces a chunk whose turn it is. */
export function announceChunk(context: LedgerContext, batch: Uuid, chunk: number): void {
  const { merchant, environment } = context.merchant;
  context.work.announce({
    queue: 'batch-rows',
    message: { merchant, environment, batch, chunk, line: null },
  });
}

/**
 * Starts a waiting file whose time has come, if the merchant may run another one. A file in any
 * other state is left alone.
 */
export async function startDueBatch(context: LedgerContext, uuid: Uuid): Promise<void> {
  const { batch } = await context.store.read(context.merchant, { batch: uuid });
  const isDue = batch?.state === 'waiting' && Date.parse(batch.executeAt) <= nowMs(context);
  if (isDue) await startBatch(context, batch);
}

/**
 * Stops a file: chunks that have begun are finished, the other rows are never worked on.
 * @throws Error when the file has ended already
 */
export async function cancelBatch(context: LedgerContext, batch: Batch): Promise<Batch> {
  if (batch.state === 'finished' || batch.state === 'cancelled') {
    throw new Error(`The file is ${batch.state}`);
  }
  const cancelled: Batch = { ...batch, state: 'cancelled', finishedAt: isoNow(context) };
  if (batch.state === 'waiting') {
    return stageBatch(context, { ...cancelled, totals: totalsOf(cancelled, []) }, null);
  }
  await leaveRunning(context, batch.uuid);
  return stageBatch(context, cancelled, watched(context));
}

/**
 * Ends a file once the result of every row is known, and keeps the totals: also of one that has
 * ended, when a run that was late has amended a result. Returns false while a result is missing.
 */
export async function closeBatch(context: LedgerContext, batch: Batch): Promise<boolean> {
  const chunks = await context.store.batchProgress(context.merchant, batch.uuid);
  const hasAllBegun = batch.state === 'cancelled' || chunks.length === batch.chunks;
  if (!hasAllBegun || !chunks.every(isComplete)) return false;
  if (batch.state === 'running') await leaveRunning(context, batch.uuid);
  const closed: Batch =
    batch.state === 'running'
      ? { ...batch, state: 'finished', finishedAt: isoNow(context) }
      : batch;
  stageBatch(context, { ...closed, totals: totalsOf(closed, chunks) }, null);
  return true;
}

/**
 * Looks after a running file: ends it when every row is done, and announces chunks again that seem
 * abandoned because a message was lost or a row's outcome is unknown. After a restart all
 * unfinished chunks count as abandoned.
 */
export async function watchBatch(
  context: LedgerContext,
  uuid: Uuid,
  { isRestart }: { isRestart: boolean },
): Promise<void> {
  const { batch } = await context.store.read(context.merchant, { batch: uuid });
  if (batch === null || batch.totals !== null || (await closeBatch(context, batch))) return;
  const chunks = await context.store.batchProgress(context.merchant, uuid);
  const sinceMs = context.realNowMs() - (isRestart ? 0 : stallMs(context));
  for (const chunk of stalledChunks(batch, chunks, sinceMs)) {
    announceChunk(context, uuid, chunk);
  }
  stageBatch(context, batch, watched(context));
}

/** Chunks whose work stopped before their end; when nothing moves at all, also the next ones. */
export function stalledChunks(
  batch: Batch,
  chunks: readonly ChunkProgress[],
  sinceMs: number,
): number[] {
  const left = chunks.filter((one) => !isComplete(one) && Date.parse(one.touchedAt) < sinceMs);
  const isMoving = chunks.some((one) => Date.parse(one.touchedAt) >= sinceMs);
  if (batch.state !== 'running' || isMoving) return left.map(({ number }) => number);
  const begun = new Set(chunks.map(({ number }) => number));
  const numbers = Array.from({ length: batch.chunks }, (_, number) => number);
  const next = numbers.filter((number) => !begun.has(number)).slice(0, LANES);
  return [...left.map(({ number }) => number), ...next];
}

/** Longer than a chunk is worked on between two writes of its progress. */
function stallMs(context: LedgerContext): number {
  return 2 * context.recoverAfterMs;
}

function watched(context: LedgerContext): BatchDue {
  const at = new Date(context.realNowMs() + stallMs(context)).toISOString();
  return { kind: 'watch_batch', at };
}

async function leaveRunning(context: LedgerContext, uuid: Uuid): Promise<void> {
  const { runningBatches } = await context.store.read(context.merchant, { runningBatches: 'all' });
  if (runningBatches === null || !runningBatches.batches.includes(uuid)) return;
  const batches = runningBatches.batches.filter((one) => one !== uuid);
  context.work.stage({
    change: 'running_batches',
    running: { version: runningBatches.version + 1, batches },
  });
}
