import type { Result } from '#faces/pages/views/result-page.ts';
import type { Order, OrderStatus } from '#ledger/orders/order.ts';
import { closesAt } from '#ledger/orders/order-due.ts';

/** Where a buyer belongs: at a form, at the issuer's, or at a result. */
export type Place = 'form' | 'authentication' | Result;

const PLACES: Record<OrderStatus, Place> = {
  created: 'form',
  pending_card: 'form',
  authentication_required: 'authentication',
  redirected_to_authentication: 'authentication',
  pending_authentication: 'authentication',
  pending_processor: 'waiting',
  pending_payment: 'waiting',
  held: 'held',
  paid: 'success',
  partially_captured: 'success',
  partially_refunded: 'success',
  refunded: 'success',
  refused: 'refused',
  fraud: 'refused',
  blacklisted: 'refused',
  voided: 'cancelled',
  user_cancelled: 'cancelled',
  expired: 'expired',
  authentication_expired: 'expired',
};

/** The place of an order's buyer at a time; an order that is no payment has none. */
export function stepOf(order: Order, now: string): Place {
  if (order.intent !== 'sale' && order.intent !== 'hold') return 'closed';
  const place = PLACES[order.status];
  const isOpen = place === 'form' || place === 'authentication';
  // A part was paid offline: a card can no longer be charged for the rest.
  if (isOpen && order.captured > 0) return 'closed';
  return isOpen && closesAt(order) <= now ? 'expired' : place;
}

/** Where the merchant wants a buyer to go who is done, or null (contract G). */
export function shopUrl(order: Order, place: Place): string | null {
  if (place === 'success' || place === 'held') return order.successUrl;
  const isOver = place === 'refused' || place === 'cancelled' || place === 'expired';
  return isOver ? order.failureUrl : null;
}
