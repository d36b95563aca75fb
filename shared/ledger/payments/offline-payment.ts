import { LedgerError } from '#ledger/core/errors.ts';
import {
  isPaid,
  type ManualPayment,
  type Order,
  requireRoom,
  type Transaction,
} from '#ledger/orders/order.ts';
import { moveTo } from '#ledger/orders/order-transitions.ts';
import { type Attempt, requireSlot } from './begin-transaction.ts';
import { PLAIN_CONDITIONS } from './payment-conditions.ts';

/** What is still to be paid of an order that is open. */
export function amountDue(order: Order): number {
  return order.amount - order.captured;
}

/**
 * Records money that was taken without an acquirer: everything that is due when no amount is
 * given. An order that is partly paid offline can no longer be charged to a card, so that both
 * together cannot take more than the order's amount.
 * @throws LedgerError order_intent_mismatch, order_already_paid, order_busy, order_not_payable,
 * payment_exceeds_due, order_full
 */
export function payOffline(
  order: Order,
  amount: number | null,
  manual: ManualPayment,
  attempt: Attempt,
): Order {
  requirePayableByHand(order, attempt.now);
  requireSlot(order, 1);
  const due = amountDue(order);
  const paid = amount ?? due;
  if (paid > due) throw new LedgerError('payment_exceeds_due', order.uuid);
  const transaction: Transaction = {
    uuid: attempt.uuid,
    kind: 'manual',
    status: 'succeeded',
    amount: paid,
    createdAt: attempt.now,
    updatedAt: attempt.now,
    card: null,
    ip: null,
    authorization: '',
    processorId: null,
    error: null,
    errorDescription: null,
    conditions: PLAIN_CONDITIONS,
    manual,
  };
  return requireRoom({
    ...(paid === due ? moveTo(order, 'paid') : order),
    captured: order.captured + paid,
    updatedAt: attempt.now,
    transactions: [...order.transactions, transaction],
  });
}

function requirePayableByHand(order: Order, now: string): void {
  if (order.intent !== 'sale' && order.intent !== 'hold') {
    throw new LedgerError('order_intent_mismatch', order.uuid);
  }
  if (isPaid(order) || amountDue(order) <= 0) {
    throw new LedgerError('order_already_paid', order.uuid);
  }
  if (BUSY.includes(order.status)) throw new LedgerError('order_busy', order.uuid);
  const isOpen = order.status === 'created' || order.status === 'pending_card';
  const isOver = order.captured === 0 && order.expiresAt <= now;
  if (!isOpen || isOver) throw new LedgerError('order_not_payable', order.uuid);
}

/** A buyer is paying right now: another payment could be one too many. */
const BUSY: Order['status'][] = [
  'pending_processor',
  'pending_authentication',
  'redirected_to_authentication',
  'authentication_required',
  'pending_payment',
];
