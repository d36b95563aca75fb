import type { CardUuid, OrderUuid, ServiceUuid, Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';

/** What the rows of a file do: charge stored cards, or return what was charged. */
export type BatchKind = 'authorizations' | 'refunds';

/**
 * A file of rows to work on (contract C.10). Its rows and their results are kept in chunks beside
 * it, so that no item is written by every row. Times are ISO 8601 UTC.
 */
export interface Batch {
  uuid: Uuid;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  kind: BatchKind;
  filename: string;
  receivedAt: string;
  /** When its rows may begin, by the merchant's clock. */
  executeAt: string;
  /** `cancelled`: chunks that had begun are finished, nothing else begins. */
  state: 'waiting' | 'running' | 'finished' | 'cancelled';
  startedAt: string | null;
  finishedAt: string | null;
  chunks: number;
  /** The rows of the file without the rejected ones. */
  accepted: Tally;
  rejected: number;
  /**
   * The results of the rows once the file has ended; until then they are summed up from the chunks.
   */
  totals: Totals | null;
  /** Seconds since 1970; afterwards its rows and their results are deleted. */
  keptUntil: number;
}

/** Remembers a file that was received, so that the same bytes are refused for a while. */
export interface ReceivedFile {
  /** A digest of the operation, the bytes, and the idempotency key if there was one. */
  digest: string;
  batch: Uuid;
  filename: string;
  receivedAt: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

/** Names a chunk whose turn has come, in the queue `batch-rows`. */
export interface ChunkRef extends Tenant {
  batch: Uuid;
  chunk: number;
  /**
   * The one row to work on, when a row failed unexpectedly and is tried by itself; null for the
   * whole chunk.
   */
  line: number | null;
}

/** A charge of a stored card (contract F.2). */
export interface AuthorizationRow {
  line: number;
  /** Minor units. */
  amount: number;
  card: CardUuid;
  customer: string;
  service: ServiceUuid;
  additional: string | null;
  notifyUrl: string | null;
  extraData: Record<string, unknown> | null;
}

/** A refund of a part of an order (contract F.3). */
export interface RefundRow {
  line: number;
  order: OrderUuid;
  /** Minor units. */
  amount: number;
}

/** A row that was rejected, and why. */
export interface RejectedRow {
  line: number;
  problem: string;
}

export type BatchRow = AuthorizationRow | RefundRow | RejectedRow;

/** The result of a row; a `failed` one was never sent to an acquirer. */
export interface RowResult {
  state: 'done' | 'refused' | 'failed' | 'rejected' | 'cancelled';
  /** The amount that moved, in minor units. */
  amount: number;
  /** ISO 4217 letters; null until the row's order is known. */
  currency: string | null;
  /** The acquirer's refusal code, or the ledger's error code. */
  error: string | null;
}

/**
 * The progress of a chunk. `base` is minted when the chunk begins, and the identities of its rows'
 * orders and transactions are derived from it, so that they are the same however often the chunk is
 * run.
 */
export interface ChunkProgress {
  batch: Uuid;
  number: number;
  version: number;
  base: Uuid;
  touchedAt: string;
  /** By position in the chunk; null while a row's result is unknown. */
  results: (RowResult | null)[];
  /** As the batch's. */
  keptUntil: number;
}

/** A count with its sums in minor units by currency; `?` while a currency is not known. */
export interface Tally {
  count: number;
  amounts: Record<string, number>;
}

export type RowState = RowResult['state'] | 'waiting';

export type Totals = Record<RowState, Tally>;

/** How many rows one item holds and one message works on. */
export const ROWS_PER_CHUNK = 100;

/** How many files of a merchant run at a time; others wait. */
export const MAX_RUNNING = 3;

/** How many chunks of a file are worked on in parallel. */
export const LANES = 4;

export function isRejected(row: BatchRow): row is RejectedRow {
  return 'problem' in row;
}

export function isRefund(row: BatchRow): row is RefundRow {
  return 'order' in row;
}

/** The chunk that follows in a lane, or null at its end. */
export function nextInLane(batch: Batch, number: number): number | null {
  return number + LANES < batch.chunks ? number + LANES : null;
}

/** Whether the result of every row of a chunk is known. */
export function isComplete(progress: ChunkProgress): boolean {
  return progress.results.every((result) => result !== null);
}

export function emptyTally(): Tally {
  return { count: 0, amounts: {} };
}

/** A tally with one more amount counted in. */
export function counted(tally: Tally, amount: number, currency: string | null): Tally {
  const name = currency ?? '?';
  const amounts = amount === 0 ? tally.amounts : { ...tally.amounts };
  if (amount !== 0) amounts[name] = (amounts[name] ?? 0) + amount;
  return { count: tally.count + 1, amounts };
}
