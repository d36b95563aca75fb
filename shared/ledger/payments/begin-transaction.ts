import { LedgerError } from '#ledger/core/errors.ts';
import type { CardUuid, TransactionUuid } from '#ledger/core/ids.ts';
import {
  isPaid,
  type Order,
  type OrderStatus,
  paidOffline,
  type Transaction,
  type TransactionKind,
} from '#ledger/orders/order.ts';
import type { Browser } from './payer.ts';
import { type PaymentConditions, PLAIN_CONDITIONS } from './payment-conditions.ts';

/** A transaction about to be sent to the acquirer. */
export interface Attempt {
  uuid: TransactionUuid;
  now: string;
  ip?: string | null;
  browser?: Browser | null;
  /** Whether the sandbox was asked to refuse it. */
  refused?: true;
}

/** An order is one item of the store, whose size is limited. */
const MAX_TRANSACTIONS = 200;

/**
 * Refuses a transaction for which an order has no room. One place is reserved, so that all
 * remaining money can always be refunded in one go.
 * @throws LedgerError order_full
 */
export function requireSlot(order: Order, kept: 0 | 1): void {
  if (order.transactions.length >= MAX_TRANSACTIONS - kept) {
    throw new LedgerError('order_full', order.uuid);
  }
}

/**
 * Begins a transaction of an order, whose rules the caller has checked.
 * @throws LedgerError order_full
 */
export function begin(
  order: Order,
  kind: TransactionKind,
  amount: number,
  card: CardUuid | null,
  attempt: Attempt,
  conditions: PaymentConditions = PLAIN_CONDITIONS,
): Order {
  requireSlot(order, 0);
  const transaction: Transaction = {
    uuid: attempt.uuid,
    kind,
    status: 'pending',
    amount,
    createdAt: attempt.now,
    updatedAt: attempt.now,
    card,
    ip: attempt.ip ?? null,
    ...(attempt.browser ? { browser: attempt.browser } : {}),
    authorization: '',
    processorId: null,
    error: null,
    errorDescription: null,
    conditions: attempt.refused ? { ...conditions, refused: true } : conditions,
  };
  return {
    ...order,
    updatedAt: attempt.now,
    transactions: [...order.transactions, transaction],
  };
}

/** Says in words for people why nothing can be done with an order in its present status. */
export function reasonOf(order: Order): string {
  const { status, intent } = order;
  if (intent === 'payout' && status === 'paid') return 'the money is already sent';
  if (!isPaid(order) && paidOffline(order) > 0) {
    return 'a part of it was paid offline, and the rest can only be paid offline';
  }
  return REASONS[status] ?? 'the time to pay it is over';
}

const REASONS: Partial<Record<OrderStatus, string>> = {
  pending_payment: 'its buyer has to accept the payment',
  paid: 'the order is already paid',
  held: 'the money is held, it can be confirmed or cancelled',
  partially_captured: 'the order is already paid',
  refunded: 'the order is paid and refunded',
  partially_refunded: 'the order is paid and partly refunded',
  refused: 'the payment was refused, a new order is needed',
  fraud: 'the payment was refused, a new order is needed',
  blacklisted: 'the payment was refused, a new order is needed',
  voided: 'the hold was cancelled',
  user_cancelled: 'its buyer has cancelled it',
  authentication_required: 'its buyer has to authenticate first',
  redirected_to_authentication: 'its buyer has to authenticate first',
  pending_authentication: 'its buyer is being authenticated',
};
