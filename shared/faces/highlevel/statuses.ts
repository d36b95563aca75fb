import type { Order, Transaction } from '#ledger/orders/order.ts';
import { isPayment } from '#ledger/orders/order-lists.ts';
import { stateOf } from '#ledger/orders/order-state.ts';
import {
  type OrderState,
  PAYMENT_STATES,
  type PaymentState,
  STAGES,
  type Stage,
} from '#ledger/orders/standing.ts';

/** HighLevel's order statuses (contract 2); only `pending` and `completed` are published. */
const ORDER_STATUSES: Record<Stage, string> = {
  open: 'pending',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'canceled',
  expired: 'expired',
};

/** HighLevel's payment statuses, by which orders are filtered (contract 2). */
export const PAYMENT_STATUSES = {
  unpaid: 'unpaid',
  partly_paid: 'partially_paid',
  paid: 'paid',
  returned: 'refunded',
} as const satisfies Record<PaymentState, string>;

export type PaymentStatus = (typeof PAYMENT_STATUSES)[PaymentState];

export function orderStatusOf(order: Order): string {
  return ORDER_STATUSES[stateOf(order).stage];
}

export function paymentStatusOf(order: Order): PaymentStatus {
  return PAYMENT_STATUSES[stateOf(order).payment];
}

/** The states that a filter means; a status that nobody knows means none. */
export function statesMeant(filter: {
  status: string | undefined;
  paymentStatus: PaymentStatus | undefined;
}): OrderState[] | null {
  const { status, paymentStatus } = filter;
  if (status === undefined && paymentStatus === undefined) return null;
  const stages = STAGES.filter((one) => status === undefined || ORDER_STATUSES[one] === status);
  const payments = PAYMENT_STATES.filter(
    (one) => paymentStatus === undefined || PAYMENT_STATUSES[one] === paymentStatus,
  );
  return stages.flatMap((stage) => payments.map((payment) => ({ stage, payment })));
}

/** How much of a payment came in, in minor units: of a hold, what was captured of it. */
export function amountOf(order: Order, transaction: Transaction): number {
  const isCaptured = transaction.kind === 'hold' && order.captured > 0;
  return isCaptured && transaction.status === 'succeeded' ? order.captured : transaction.amount;
}

/** How much of a payment was returned, in minor units; offline payments are never returned. */
export function amountRefundedOf(order: Order, transaction: Transaction): number {
  const isOfAcquirer = transaction.kind === 'sale' || transaction.kind === 'hold';
  return isOfAcquirer && transaction.status === 'succeeded' ? order.refunded : 0;
}

/** HighLevel's transaction status (contract 2). */
export function transactionStatusOf(order: Order, transaction: Transaction): string {
  if (transaction.status === 'pending') return 'pending';
  if (transaction.status !== 'succeeded') return 'failed';
  if (transaction.kind === 'void') return 'canceled';
  if (transaction.kind === 'refund') return 'refunded';
  if (transaction.kind === 'hold' && order.captured === 0) {
    return order.status === 'voided' ? 'canceled' : 'pending';
  }
  const refunded = amountRefundedOf(order, transaction);
  const isReturned = refunded > 0 && refunded === amountOf(order, transaction);
  return isPayment(transaction) && isReturned ? 'refunded' : 'succeeded';
}
