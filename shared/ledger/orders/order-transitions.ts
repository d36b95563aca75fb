import type { Order, OrderStatus } from './order.ts';

/**
 * Which status may follow which (contract D.1). A refused capture, void or refund leaves the
 * status as it was.
 */
export const TRANSITIONS: Record<OrderStatus, readonly OrderStatus[]> = {
  created: [
    'pending_card',
    'pending_processor',
    'pending_authentication',
    'pending_payment',
    // At a terminal an order stays open until there is a result.
    'paid',
    'held',
    'refused',
    'voided',
    'fraud',
    'blacklisted',
    'expired',
  ],
  pending_card: [
    'pending_processor',
    'pending_authentication',
    'pending_payment',
    'paid',
    'user_cancelled',
    'expired',
  ],
  pending_processor: [
    'paid',
    'held',
    'refused',
    'authentication_required',
    'redirected_to_authentication',
    'fraud',
    'blacklisted',
  ],
  pending_authentication: ['pending_processor', 'refused', 'authentication_expired', 'expired'],
  redirected_to_authentication: ['pending_authentication', 'authentication_expired', 'expired'],
  authentication_required: ['pending_authentication', 'authentication_expired', 'expired'],
  pending_payment: ['paid', 'held', 'refused', 'expired', 'fraud', 'blacklisted'],
  held: ['paid', 'partially_captured', 'voided'],
  partially_captured: ['partially_refunded', 'refunded'],
  paid: ['partially_refunded', 'refunded'],
  partially_refunded: ['refunded'],
  refused: [],
  voided: [],
  user_cancelled: [],
  expired: [],
  authentication_expired: [],
  fraud: [],
  blacklisted: [],
  refunded: [],
};

/** An order in its next status; a step that the table does not know is a bug. */
export function moveTo(order: Order, status: OrderStatus): Order {
  if (!TRANSITIONS[order.status].includes(status)) {
    throw new Error(`An order cannot go from ${order.status} to ${status}`);
  }
  return { ...order, status };
}
