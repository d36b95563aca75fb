import { isOpen, type Order, pendingTransactions } from './order.ts';
import { moveTo } from './order-transitions.ts';

/**
 * Closes an open order whose time has come; any other order is returned as it is, and so is one
 * whose payer may be accepting a payment at this moment.
 */
export function expire(order: Order, now: string): Order {
  const isDue = isOpen(order) && order.expiresAt <= now;
  if (!isDue || pendingTransactions(order).length > 0) return order;
  const inAuthentication = order.status === 'pending_authentication';
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
  return isOpen(order) ? { kind: 'expire', at: order.expiresAt } : { kind: 'none' };
}
