import { LedgerError } from '#ledger/core/errors.ts';
import { type Order, requireRoom } from '#ledger/orders/order.ts';
import type { Fulfillment, FulfillmentStatus } from './fulfillment.ts';
import type { PurchaseItem } from './purchase.ts';

/**
 * Adds a fulfilment to an order.
 * @throws LedgerError price_not_in_order, fulfillment_exceeds_order, order_full
 */
export function fulfill(order: Order, fulfillment: Fulfillment): Order {
  const left = remaining(order);
  for (const { price, quantity } of fulfillment.items) {
    const rest = left.get(price);
    if (rest === undefined) throw new LedgerError('price_not_in_order', price);
    if (quantity > rest) throw new LedgerError('fulfillment_exceeds_order', price);
    left.set(price, rest - quantity);
  }
  return requireRoom({
    ...order,
    updatedAt: fulfillment.createdAt,
    fulfillments: [...order.fulfillments, fulfillment],
  });
}

/** How many items of each price are still to be fulfilled. */
export function remaining(order: Order): Map<string, number> {
  const left = new Map<string, number>();
  for (const { price, quantity } of order.purchase?.items ?? []) {
    left.set(price.id, (left.get(price.id) ?? 0) + quantity);
  }
  for (const { price, quantity } of order.fulfillments.flatMap((one) => one.items)) {
    left.set(price, (left.get(price) ?? 0) - quantity);
  }
  return left;
}

export function fulfillmentStatusOf(order: Order): FulfillmentStatus {
  if (order.fulfillments.length === 0) return 'unfulfilled';
  const isDone = [...remaining(order).values()].every((quantity) => quantity === 0);
  return isDone ? 'fulfilled' : 'partially_fulfilled';
}

/** The line of an order that a price stands for. */
export function itemOfPrice(order: Order, price: string): PurchaseItem | undefined {
  return order.purchase?.items.find((item) => item.price.id === price);
}
