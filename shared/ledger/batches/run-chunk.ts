import type { LedgerContext } from '#ledger/core/context.ts';
import type { Deadline } from '#ledger/core/deadline.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { derivedUuid, mintUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import {
  type Batch,
  type BatchRow,
  type ChunkProgress,
  type ChunkRef,
  isComplete,
  isRefund,
  isRejected,
  nextInLane,
  type RowResult,
} from './batch.ts';
import { closeBatch } from './batch-commands.ts';
import { type AcceptedRow, runRow } from './run-row.ts';

/** What the work on a chunk needs of its surroundings. */
export interface ChunkWorker {
  store: LedgerStore;
  merchant: Merchant;
  deadline: Deadline;
  realNowMs(): number;
  /** Whether there is time for another row. */
  hasTime(): boolean;
  /**
   * Does work under an attempt's identity, repeating it after lost races; an earlier run may have
   * made the same attempt.
   */
  attempt<T>(attempt: Uuid, handle: (context: LedgerContext) => Promise<T>): Promise<T>;
  /** Puts messages into the queue `batch-rows`. */
  queue(messages: readonly ChunkRef[]): Promise<void>;
  /** Reports a row that failed unexpectedly. */
  rowFailed(row: { batch: Uuid; line: number }, error: unknown): void;
}

/**
 * How many rows are worked on at once so that they share their reads; rows of one order run one
 * after the other.
 */
const ROWS_PER_BLOCK = 10;

/** How many blocks run in parallel: a slow row only holds up its own block. */
const BLOCKS = 2;

/** How often writing the progress is tried again when another run writes it at the same moment. */
const MAX_MERGES = 10;

/**
 * Works on a chunk, or on one row of it, and announces the next chunk of its lane. Called again for
 * the same chunk it only does what is left, because every row's attempt is derived from the chunk's
 * identity.
 * @throws when it was called for a single row and that row fails, so that the dead letter names the
 * row
 */
export async function runChunk(worker: ChunkWorker, ref: ChunkRef): Promise<void> {
  const key = { batch: ref.batch, number: ref.chunk };
  const { batch, batchRows, batchProgress } = await worker.store.read(worker.merchant, {
    batch: ref.batch,
    batchRows: key,
    batchProgress: key,
  });
  if (batch === null || batchRows === null) return;
  const hasEnded = batch.totals !== null;
  const progress = batchProgress ?? (await beginChunk(worker, batch, batchRows, ref.chunk));
  if (progress === null) return batch.state === 'cancelled' ? close(worker, batch) : undefined;
  const left = hasEnded ? withoutDoubtful(progress, batchRows) : progress;
  if (isComplete(left)) return handOn(worker, ref, batch);
  const run = await runRows(worker, batch, batchRows, left, ref.line);
  const after = await keepResults(worker, progress, run.results);
  if (ref.line === null) {
    const alone = run.failedLines.map((line) => ({ ...ref, line }));
    await worker.queue(run.isOutOfTime ? [...alone, ref] : alone);
    if (run.isOutOfTime) return;
  }
  if (after === 'written' || hasEnded) await handOn(worker, ref, batch);
  if (ref.line !== null && run.failedLines.length > 0) throw run.lastError;
}

/**
 * What is known of the chunk of a file that has ended, without the refunds that were not made: a
 * run that was late may have made one since, and died before it said so.
 */
function withoutDoubtful(progress: ChunkProgress, rows: readonly BatchRow[]): ChunkProgress {
  const results = progress.results.map((result, position) => {
    const row = rows[position];
    const isRefunding = row !== undefined && !isRejected(row) && isRefund(row);
    const isUnmade = result?.state === 'cancelled' || result?.state === 'failed';
    return isRefunding && isUnmade ? null : result;
  });
  return { ...progress, results };
}

/**
 * The chunk's progress; null when it may not begin any more, or is just being begun by another run.
 */
async function beginChunk(
  { store, merchant, deadline, realNowMs }: ChunkWorker,
  batch: Batch,
  rows: readonly BatchRow[],
  number: number,
): Promise<ChunkProgress | null> {
  if (batch.state !== 'running') return null;
  const nowMs = realNowMs();
  const progress: ChunkProgress = {
    batch: batch.uuid,
    number,
    version: 1,
    base: mintUuid(nowMs + merchant.clockOffsetMs),
    touchedAt: new Date(nowMs).toISOString(),
    results: rows.map((row) => (isRejected(row) ? rejectionOf(row.problem) : null)),
    keptUntil: batch.keptUntil,
  };
  try {
    await store.commit(merchant, [{ change: 'batch_progress', progress }], deadline);
    return progress;
  } catch (error) {
    if (error instanceof LostRace) return null;
    throw error;
  }
}

function rejectionOf(problem: string): RowResult {
  return { state: 'rejected', amount: 0, currency: null, error: problem };
}

interface Run {
  /**
   * By position in the chunk; null for rows whose result is unknown or that this run did not work
   * on.
   */
  results: (RowResult | null)[];
  failedLines: number[];
  lastError: unknown;
  isOutOfTime: boolean;
}

async function runRows(
  worker: ChunkWorker,
  batch: Batch,
  rows: readonly BatchRow[],
  progress: ChunkProgress,
  line: number | null,
): Promise<Run> {
  const results = rows.map((): RowResult | null => null);
  const run: Run = { results, failedLines: [], lastError: null, isOutOfTime: false };
  const groups = groupsOf(rows, progress, line);
  const runGroup = async (group: Positioned[]) => {
    for (const { row, position } of group) {
      if (!worker.hasTime()) {
        run.isOutOfTime = true;
        return;
      }
      await runOne(worker, batch, row, progress, position, run);
    }
  };
  const take = async () => {
    while (groups.length > 0) await Promise.all(groups.splice(0, ROWS_PER_BLOCK).map(runGroup));
  };
  await Promise.all(Array.from({ length: BLOCKS }, take));
  return run;
}

async function runOne(
  worker: ChunkWorker,
  batch: Batch,
  row: AcceptedRow,
  { base }: ChunkProgress,
  position: number,
  run: Run,
): Promise<void> {
  try {
    const attempt = attemptOfRow(base, position);
    run.results[position] = await worker.attempt(attempt, (context) => {
      return runRow(context, batch, row);
    });
  } catch (error) {
    worker.rowFailed({ batch: batch.uuid, line: row.line }, error);
    run.failedLines.push(row.line);
    run.lastError = error;
  }
}

/** The identity of a row's transaction. */
export function attemptOfRow(base: Uuid, position: number): Uuid {
  return derivedUuid(base, position);
}

interface Positioned {
  row: AcceptedRow;
  position: number;
}

/** The rows to do, those of one order together, in the order of the file. */
function groupsOf(
  rows: readonly BatchRow[],
  progress: ChunkProgress,
  line: number | null,
): Positioned[][] {
  const groups = new Map<string, Positioned[]>();
  for (const [position, row] of rows.entries()) {
    const isWanted = progress.results[position] === null && (line ?? row.line) === row.line;
    if (isRejected(row) || !isWanted) continue;
    const name = isRefund(row) ? row.order : String(position);
    groups.set(name, [...(groups.get(name) ?? []), { row, position }]);
  }
  return [...groups.values()];
}

/**
 * Merges results into the chunk's progress. `known` means that another run had written all of them
 * already, and goes on with the lane.
 */
async function keepResults(
  { store, merchant, deadline, realNowMs }: ChunkWorker,
  before: ChunkProgress,
  results: readonly (RowResult | null)[],
): Promise<'written' | 'known'> {
  let current = before;
  for (let merges = 0; merges < MAX_MERGES; merges += 1) {
    const after = current.results.map((known, position) =>
      merged(known, results[position] ?? null),
    );
    const isKnown = after.every(
      (result, position) => result?.state === current.results[position]?.state,
    );
    if (isKnown && isComplete(current)) return 'known';
    const progress: ChunkProgress = {
      ...current,
      version: current.version + 1,
      touchedAt: new Date(realNowMs()).toISOString(),
      results: after,
    };
    try {
      await store.commit(merchant, [{ change: 'batch_progress', progress }], deadline);
      return 'written';
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
    }
    const key = { batch: before.batch, number: before.number };
    const { batchProgress } = await store.read(merchant, { batchProgress: key });
    if (batchProgress === null) throw new Error('How far a chunk is was deleted');
    current = batchProgress;
  }
  throw new LostRace();
}

/**
 * The result of a row of which two runs tell: what the acquirer has said counts, for one of them may
 * have found a refund impossible, or its file cancelled, a moment before the other made it.
 */
function merged(known: RowResult | null, found: RowResult | null): RowResult | null {
  const isSent = found?.state === 'done' || found?.state === 'refused';
  return isSent ? found : (known ?? found);
}

/** Queues the next chunk of the lane, or closes the file when this may have been the last. */
async function handOn(worker: ChunkWorker, ref: ChunkRef, batch: Batch): Promise<void> {
  const next = nextInLane(batch, ref.chunk);
  const goesOn = ref.line === null && next !== null && batch.state === 'running';
  return goesOn ? worker.queue([{ ...ref, chunk: next }]) : close(worker, batch);
}

async function close(worker: ChunkWorker, { uuid }: Batch): Promise<void> {
  await worker.attempt(mintUuid(worker.realNowMs()), async (context) => {
    const { batch } = await worker.store.read(worker.merchant, { batch: uuid });
    if (batch !== null) await closeBatch(context, batch);
  });
}
