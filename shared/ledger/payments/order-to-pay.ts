import type { ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { OrderUuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';

/**
 * Reads the order that somebody wants to pay.
 * @throws LedgerError order_not_payable when there is none
 */
export async function orderToPay(
  { store, merchant }: ReadContext,
  uuid: OrderUuid,
): Promise<Order> {
  const { order } = await store.read(merchant, { order: uuid });
  return requireOrderToPay(order, uuid);
}

/**
 * An unknown order answers like a consumed one (contract A.5).
 * @throws LedgerError order_not_payable when there is none
 */
export function requireOrderToPay(order: Order | null, uuid: OrderUuid): Order {
  if (order !== null) return order;
  throw new LedgerError('order_not_payable', uuid, 'there is no such order');
}
