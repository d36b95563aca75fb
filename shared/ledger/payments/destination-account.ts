import type { LedgerContext } from '#ledger/core/context.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';

/**
 * The account of the order's customer that a TRANSFER payout goes to: the one that is named, or
 * the customer's only one; null when there is none. No accounts are kept yet.
 */
export async function destinationAccountOf(
  _context: LedgerContext,
  _order: Order,
  _wanted: Uuid | null,
): Promise<Uuid | null> {
  return null;
}
