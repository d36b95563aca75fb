import { isOpen, type Order, type OrderStatus, pendingTransactions } from './order.ts';
import { moveTo } from './order-transitions.ts';

/** How long a payer has to answer the issuer before the order counts as abandoned. */
export const AUTHENTICATION_MINUTES = 15;

const IN_AUTHENTICATION: OrderStatus[] = [
  'authentication_required',
  'redirected_to_authentication',
  'pending_authentication',
];

/**
 * When an open order closes by itself: when it expires, or earlier while its payer is to be
 * authenticated, so that a payer who has left does not keep its reference for long.
 */
export function closesAt(order: Order): string {
  if (!IN_AUTHENTICATION.includes(order.status)) return order.expiresAt;
  const leftMs = Date.parse(order.updatedAt) + AUTHENTICATION_MINUTES * 60_000;
  const left = new Date(leftMs).toISOString();
  return left < order.expiresAt ? left : order.expiresAt;
}

/**
 * Expires an open order whose time has come. Other orders are returned unchanged, and so is one
 * whose payer may be accepting a payment at this moment.
 */
export function expire(order: Order, now: string): Order {
  const isDue = isOpen(order) && closesAt(order) <= now;
  if (!isDue || pendingTransactions(order).length > 0) return order;
  const inAuthentication = IN_AUTHENTICATION.includes(order.status);
  return {
    ...moveTo(order, inAuthentication ? 'authentication_expired' : 'expired'),
    updatedAt: now,
  };
}

/** When a schedule must look at the order again, if ever. */
export type OrderDue =
  | { kind: 'recover'; at: string }
  | { kind: 'expire'; at: string }
  | { kind: 'none' };

/** A pending transaction is due for recovery; an open order is due when it expires. */
export function dueOf(order: Order, recoverAfterMs: number, realNowMs: number): OrderDue {
  if (pendingTransactions(order).length > 0) {
    return { kind: 'recover', at: new Date(realNowMs + recoverAfterMs).toISOString() };
  }
  return isOpen(order) ? { kind: 'expire', at: closesAt(order) } : { kind: 'none' };
}
