import { isoNow, type LedgerContext, nowMs } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { KeyTaken } from '#ledger/core/idempotency-record.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import {
  type Batch,
  type BatchKind,
  type BatchRow,
  counted,
  emptyTally,
  isRefund,
  isRejected,
  type RejectedRow,
  ROWS_PER_CHUNK,
  type Tally,
} from './batch.ts';
import { stageBatch, startBatch } from './batch-commands.ts';

/** A file as a merchant sends it. */
export interface FileOfRows {
  kind: BatchKind;
  filename: string;
  /** A digest of the operation and the bytes. */
  digest: string;
  /** Milliseconds since 1970, or null for now. */
  executeAt: number | null;
  /** Its rows in order; every call starts from the first. */
  rows(): AsyncIterable<BatchRow>;
}

/** How long the same bytes are refused. */
const SAME_FILE_SECONDS = 24 * 3600;

/** How long rows and their results are kept after the file may begin. */
const KEPT_SECONDS = 180 * 24 * 3600;

/** How many chunks are written to the store in parallel. */
const WRITERS = 8;

/**
 * Keeps a file of rows to work on now or later, and says which rows are rejected and why (contract
 * C.10). A file without any acceptable row is not kept.
 * @throws LedgerError file_already_received, acquirer_not_configured
 */
export async function receiveBatch(
  context: LedgerContext,
  file: FileOfRows,
): Promise<RejectedRow[]> {
  const uuid = context.work.attempt;
  const { keyId } = context.work;
  const {
    receivedFile,
    replay,
    batch: written,
  } = await context.store.read(context.merchant, {
    receivedFile: file.digest,
    batch: uuid,
    // Without a key, one that no request can have.
    replay: keyId ?? '',
  });
  // Found out now: the rows that would be kept in vain are not part of a commit.
  if (replay !== null && replay.expiresAt * 1000 > context.realNowMs()) throw new KeyTaken(replay);
  // By an earlier try of this request, whose answer was lost.
  if (written !== null) return rejectedRows(context, written);
  const isKnown = receivedFile !== null && receivedFile.expiresAt * 1000 > context.realNowMs();
  if (isKnown && keyId === null) {
    throw new LedgerError('file_already_received', receivedFile.batch);
  }
  const executeAtMs = Math.max(file.executeAt ?? 0, nowMs(context));
  const keptUntil = Math.floor(Math.max(executeAtMs, context.realNowMs()) / 1000) + KEPT_SECONDS;
  const kept = await keepRows(context, file, { batch: uuid, keptUntil });
  if (kept.accepted.count === 0) return kept.rejected;
  const batch: Batch = {
    uuid,
    version: 0,
    kind: file.kind,
    filename: file.filename,
    receivedAt: isoNow(context),
    executeAt: new Date(executeAtMs).toISOString(),
    state: 'waiting',
    startedAt: null,
    finishedAt: null,
    chunks: kept.chunks,
    accepted: kept.accepted,
    rejected: kept.rejected.length,
    totals: null,
    keptUntil,
  };
  stageReceived(context, file, uuid);
  if (executeAtMs > nowMs(context) || !(await startBatch(context, batch))) {
    stageBatch(context, batch, { kind: 'start_batch', at: batch.executeAt });
  }
  return kept.rejected;
}

async function rejectedRows(context: LedgerContext, batch: Batch): Promise<RejectedRow[]> {
  const rejected: RejectedRow[] = [];
  for (let number = 0; number < batch.chunks; number += 1) {
    const batchRows = { batch: batch.uuid, number };
    const chunk = await context.store.read(context.merchant, { batchRows });
    rejected.push(...(chunk.batchRows ?? []).filter(isRejected));
  }
  return rejected;
}

function stageReceived(context: LedgerContext, file: FileOfRows, batch: Uuid): void {
  const receivedAt = new Date(context.realNowMs()).toISOString();
  const expiresAt = Math.floor(context.realNowMs() / 1000) + SAME_FILE_SECONDS;
  const { digest, filename } = file;
  const isDeliberate = context.work.keyId !== null;
  context.work.stage({
    change: 'file_received',
    file: { digest, batch, filename, receivedAt, expiresAt },
    isDeliberate,
  });
}

interface Kept {
  chunks: number;
  accepted: Tally;
  rejected: RejectedRow[];
}

/** Writes rows in chunks as they are read, several chunks in parallel. */
async function keepRows(
  context: LedgerContext,
  file: FileOfRows,
  { batch, keptUntil }: { batch: Uuid; keptUntil: number },
): Promise<Kept> {
  const kept: Kept = { chunks: 0, accepted: emptyTally(), rejected: [] };
  const underWay = new Set<Promise<unknown>>();
  for await (const chunk of inChunks(file.rows())) {
    const number = kept.chunks;
    kept.chunks += 1;
    const keep = keepChunk(context, chunk).then(async (rows) => {
      count(context, kept, rows);
      await context.store.keepBatchRows(context.merchant, { batch, number, rows, keptUntil });
    });
    underWay.add(keep);
    keep.then(
      () => underWay.delete(keep),
      () => {},
    );
    if (underWay.size >= WRITERS) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  kept.rejected.sort((one, other) => one.line - other.line);
  return kept;
}

async function* inChunks(rows: AsyncIterable<BatchRow>): AsyncGenerator<BatchRow[]> {
  let chunk: BatchRow[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < ROWS_PER_CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * Rejects charges of cards that do not exist or belong to somebody else.
 * @throws LedgerError acquirer_not_configured
 */
async function keepChunk(context: LedgerContext, rows: BatchRow[]): Promise<BatchRow[]> {
  const charges = rows.filter((row) => 'card' in row);
  if (charges.length === 0) return rows;
  for (const { service } of charges)
    context.requireAcquirer(findService(context.merchant, service));
  const cards = charges.map(({ card }) => card);
  const owners = await context.store.cardOwners(context.merchant, cards);
  return rows.map((row) => {
    if (!('card' in row) || owners.get(row.card) === row.customer) return row;
    return { line: row.line, problem: 'Invalid card' };
  });
}

function count(context: LedgerContext, kept: Kept, rows: readonly BatchRow[]): void {
  for (const row of rows) {
    if (isRejected(row)) kept.rejected.push(row);
    else kept.accepted = counted(kept.accepted, row.amount, currencyOf(context, row));
  }
}

/** A refund's currency is its order's, which is not read before the refund is made. */
function currencyOf(context: LedgerContext, row: Exclude<BatchRow, RejectedRow>): string | null {
  if (isRefund(row)) return null;
  return findService(context.merchant, row.service).currency.code;
}
