import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Service } from '#ledger/core/merchant.ts';
import {
  type Order,
  type OrderStatus,
  paidOffline,
  pendingTransactions,
} from '#ledger/orders/order.ts';
import { type Attempt, begin, reasonOf, requireSlot } from './begin-transaction.ts';

/** Begins the capture of held money, all of it when no amount is given. */
export function beginCapture(
  order: Order,
  service: Service,
  amount: number | null,
  attempt: Attempt,
): Order {
  requireHeld(order);
  const asked = amount ?? order.held;
  if (asked > order.held) {
    throw new LedgerError('capture_exceeds_held', order.uuid, `${order.held} at most`);
  }
  if (asked < order.held && !service.partialCapture) {
    throw new LedgerError('partial_capture_not_allowed', order.uuid);
  }
  return begin(order, 'capture', asked, firstCard(order), attempt);
}

/** Begins the release of held money. */
export function beginVoid(order: Order, attempt: Attempt): Order {
  requireHeld(order);
  return begin(order, 'void', order.held, firstCard(order), attempt);
}

/**
 * The amount that the acquirer can still refund: captured, less offline payments, less finished and
 * pending refunds.
 */
export function refundable(order: Order): number {
  const underWay = pendingTransactions(order)
    .filter((transaction) => transaction.kind === 'refund')
    .reduce((sum, transaction) => sum + transaction.amount, 0);
  return order.captured - paidOffline(order) - order.refunded - underWay;
}

/** Begins a refund, of everything left when no amount is given. */
export function beginRefund(order: Order, amount: number | null, attempt: Attempt): Order {
  const isOffline = order.captured > 0 && paidOffline(order) === order.captured;
  const isRefundable = REFUNDABLE.includes(order.status) && order.intent !== 'payout';
  if (!isRefundable || isOffline) {
    const hint = order.captured === 0 ? 'it is not paid yet' : reasonOf(order);
    const why = isOffline ? 'it was paid offline' : hint;
    throw new LedgerError('order_not_refundable', order.uuid, why);
  }
  const left = refundable(order);
  const asked = amount ?? left;
  if (asked > left || left === 0) {
    throw new LedgerError('refund_exceeds_captured', order.uuid, `${left} at most`);
  }
  if (asked < left) requireSlot(order, 1);
  return begin(order, 'refund', asked, firstCard(order), attempt);
}

const REFUNDABLE: OrderStatus[] = ['paid', 'partially_captured', 'partially_refunded'];

function requireHeld(order: Order): void {
  if (order.status !== 'held') throw new LedgerError('order_not_held', order.uuid);
  if (pendingTransactions(order).length > 0) throw new LedgerError('order_busy', order.uuid);
}

/** The card that the order was paid with: a soft decline may have come before it. */
function firstCard(order: Order): Uuid | null {
  return order.transactions.find((one) => one.status === 'succeeded')?.card ?? null;
}
