import type { Order, OrderStatus } from './order.ts';

/** How an order stands, as lists of orders are filtered by it. */
export interface OrderState {
  stage: Stage;
  payment: PaymentState;
}

export const STAGES = ['open', 'completed', 'failed', 'cancelled', 'expired'] as const;
export const PAYMENT_STATES = ['unpaid', 'partly_paid', 'paid', 'returned'] as const;

export type Stage = (typeof STAGES)[number];
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** How an order stands; it follows from the status and the totals alone. */
export function stateOf(order: Order): OrderState {
  return { stage: STAGE_OF[order.status], payment: paymentStateOf(order) };
}

/** A partial return leaves an order paid; only a full one does not. */
function paymentStateOf(order: Order): PaymentState {
  if (order.captured === 0) return order.status === 'paid' ? 'paid' : 'unpaid';
  if (order.refunded === order.captured) return 'returned';
  return order.captured < order.amount ? 'partly_paid' : 'paid';
}

const STAGE_OF: Record<OrderStatus, Stage> = {
  created: 'open',
  pending_card: 'open',
  pending_processor: 'open',
  pending_authentication: 'open',
  redirected_to_authentication: 'open',
  authentication_required: 'open',
  pending_payment: 'open',
  held: 'open',
  partially_captured: 'completed',
  paid: 'completed',
  partially_refunded: 'completed',
  refunded: 'completed',
  refused: 'failed',
  fraud: 'failed',
  blacklisted: 'failed',
  voided: 'cancelled',
  user_cancelled: 'cancelled',
  expired: 'expired',
  authentication_expired: 'expired',
};
