import type { LedgerContext } from '#ledger/core/context.ts';
import { type ObjectId, objectIdFloor, objectIdFromUuid } from '#ledger/core/ids.ts';
import { pendingTransactions } from './order.ts';
import type { TransactionEntry, TransactionQuery } from './order-store.ts';
import { entryOf } from './transaction-entry.ts';

/**
 * A page of a merchant's transactions, newest first, with pending ones in their place (contract C.4
 * and J). Pending ones are not in the stored list, which would cost each payment a write, so they
 * are merged in here; there are few at any time.
 */
export async function listTransactions(
  context: LedgerContext,
  window: TransactionQuery,
): Promise<TransactionEntry[]> {
  const { store, merchant, deadline } = context;
  // Read first: what is finished meanwhile is in both, and not in neither.
  const orders = await store.ordersPending(merchant);
  const pending = orders
    .flatMap((order) => pendingTransactions(order).map((one) => entryOf(order, one)))
    .filter((entry) => isIn(entry, window));
  const skipped = Math.max(0, window.offset - pending.length);
  const limit = window.limit + (window.offset - skipped);
  const rows = await store.transactions(merchant, { ...window, offset: skipped, limit, deadline });
  return pageOf(rows, pending, skipped, window);
}

/**
 * Merges pending rows into finished ones and cuts out the page at an offset. `skipped` finished
 * rows precede those given: at most as many as the offset leaves when all pending rows come first.
 */
export function pageOf(
  rows: readonly TransactionEntry[],
  pending: readonly TransactionEntry[],
  skipped: number,
  { offset, limit }: Pick<TransactionQuery, 'offset' | 'limit'>,
): TransactionEntry[] {
  const [first] = rows;
  if (first === undefined && skipped > 0) return [];
  const finished = new Set(rows.map(({ transaction }) => transaction.uuid));
  const left = pending.filter(({ transaction }) => !finished.has(transaction.uuid));
  const isBefore = (entry: TransactionEntry) =>
    skipped > 0 && first !== undefined && idOf(entry) > idOf(first);
  const start = offset - skipped - left.filter(isBefore).length;
  const all = [...rows, ...left.filter((entry) => !isBefore(entry))];
  return all.sort((one, other) => (idOf(one) < idOf(other) ? 1 : -1)).slice(start, start + limit);
}

function isIn(entry: TransactionEntry, { fromMs, toMs, terminal }: TransactionQuery): boolean {
  const id = idOf(entry);
  if (terminal !== null && entry.order.service.terminal !== terminal) return false;
  if (fromMs !== null && id < objectIdFloor(fromMs)) return false;
  return toMs === null || id < objectIdFloor(toMs);
}

function idOf({ transaction }: TransactionEntry): ObjectId {
  return objectIdFromUuid(transaction.uuid) ?? '';
}
