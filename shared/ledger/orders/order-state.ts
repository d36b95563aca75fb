import type { Order, OrderStatus } from './order.ts';
import type { OrderState, PaymentState, Stage } from './standing.ts';

/** The order with its present standing added, if that has changed. */
export function withStanding(order: Order, realNowMs: number): Order {
  const { stage, payment } = stateOf(order);
  const last = order.standings.at(-1);
  if (last?.stage === stage && last.payment === payment) return order;
  const since = new Date(realNowMs).toISOString();
  return { ...order, standings: [...order.standings, { since, stage, payment }] };
}

/** The state of an order as lists filter by it, from its status and totals alone. */
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
