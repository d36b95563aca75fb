import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';

/** What the rows of a file do: charge stored cards, or return what was charged. */
export type BatchKind = 'authorizations' | 'refunds';

/**
 * A file of rows to work on (contract C.10). Its rows are kept apart from it, in chunks, and so is
 * what became of them, so that no item is written by every row. Times are ISO 8601 UTC.
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
  /** `cancelled` when it was stopped: what had begun by then is finished, nothing else begins. */
  state: 'waiting' | 'running' | 'finished' | 'cancelled';
  startedAt: string | null;
  finishedAt: string | null;
  chunks: number;
  /** What was in the file, rejected rows apart. */
  accepted: Tally;
  rejected: number;
  /** What became of the rows, once all is over; until then the chunks say it. */
  totals: Totals | null;
  /** Seconds since 1970; later its rows and what became of each are deleted. */
  keptUntil: number;
}

/** A file that was received: the same bytes are not taken again for a while. */
export interface ReceivedFile {
  /** Of the operation, the bytes, and the idempotency key if there was one. */
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
  /** One row of it, which failed in a way that nobody foresaw; null for all of them. */
  line: number | null;
}

/** A charge of a stored card (contract F.2). */
export interface AuthorizationRow {
  line: number;
  /** Minor units. */
  amount: number;
  card: Uuid;
  customer: string;
  service: Uuid;
  additional: string | null;
  notifyUrl: string | null;
  extraData: Record<string, unknown> | null;
}

/** A refund of a part of an order (contract F.3). */
export interface RefundRow {
  line: number;
  order: Uuid;
  /** Minor units. */
  amount: number;
}

/** A row that cannot be worked on, and why. */
export interface RejectedRow {
  line: number;
  problem: string;
}

export type BatchRow = AuthorizationRow | RefundRow | RejectedRow;

/** What became of a row; `failed` was never sent to an acquirer. */
export interface RowResult {
  state: 'done' | 'refused' | 'failed' | 'rejected' | 'cancelled';
  /** Minor units that moved. */
  amount: number;
  /** ISO 4217 letters, once an order says so. */
  currency: string | null;
  /** The acquirer's code, or the ledger's word for what stood in the way. */
  error: string | null;
}

/**
 * How far a chunk of rows is. `base` is minted when the chunk begins: the identities of its rows'
 * orders and transactions are numbered from it, so that they are the same however often it is run.
 */
export interface ChunkProgress {
  batch: Uuid;
  number: number;
  version: number;
  base: Uuid;
  touchedAt: string;
  /** By position in the chunk; null until it is known what became of a row. */
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

/** So many rows are kept in one item and worked on by one message. */
export const ROWS_PER_CHUNK = 100;

/** So many files of a merchant are worked on at a time; others wait for one to end. */
export const MAX_RUNNING = 3;

/** So many chunks of a file are worked on side by side. */
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

/** Whether all is known of a chunk. */
export function isComplete(progress: ChunkProgress): boolean {
  return progress.results.every((result) => result !== null);
}

export function emptyTally(): Tally {
  return { count: 0, amounts: {} };
}

/** A tally with one more of an amount in it. */
export function counted(tally: Tally, amount: number, currency: string | null): Tally {
  const name = currency ?? '?';
  const amounts = amount === 0 ? tally.amounts : { ...tally.amounts };
  if (amount !== 0) amounts[name] = (amounts[name] ?? 0) + amount;
  return { count: tally.count + 1, amounts };
}
