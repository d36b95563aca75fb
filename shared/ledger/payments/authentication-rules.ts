import type { CardSnapshot } from '#ledger/cards/card.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Order } from '#ledger/orders/order.ts';
import { closesAt } from '#ledger/orders/order-due.ts';
import { moveTo } from '#ledger/orders/order-transitions.ts';
import type { AuthenticationPlan } from './acquirer.ts';
import { requirePayable } from './begin-payment.ts';
import {
  type PaymentConditions,
  PLAIN_CONDITIONS,
  type SecurityCode,
} from './payment-conditions.ts';

/** An order whose payer has opened a page to pay it; any other is returned as it is. */
export function openForPayment(order: Order, now: string): Order {
  const isNew = order.status === 'created' && order.expiresAt > now;
  const isPayment = order.intent === 'sale' || order.intent === 'hold';
  if (!isNew || !isPayment) return order;
  return { ...moveTo(order, 'pending_card'), updatedAt: now, openedAt: order.openedAt ?? now };
}

/** Closes an order whose payer does not want to pay it. */
export function cancelByPayer(order: Order, now: string): Order {
  requirePayable(order, now);
  if (order.status !== 'pending_card') throw new LedgerError('order_not_payable', order.uuid);
  return { ...moveTo(order, 'user_cancelled'), updatedAt: now };
}

/** Whether a payer may be asked to authenticate: before a payment, or because the issuer asked. */
export function canAuthenticate(order: Order, now: string): boolean {
  const isOpen = AUTHENTICABLE.includes(order.status) && closesAt(order) > now;
  return isOpen && (order.intent === 'sale' || order.intent === 'hold');
}

/** Begins to authenticate the payer; the outcome is for `answerAuthentication`. */
export function beginAuthentication(
  order: Order,
  card: CardSnapshot,
  plan: AuthenticationPlan,
  securityCode: SecurityCode,
  now: string,
): Order {
  if (!canAuthenticate(order, now)) throw new LedgerError('order_not_payable', order.uuid);
  const requested = order.status === 'authentication_required';
  return {
    ...moveTo(order, 'pending_authentication'),
    updatedAt: now,
    openedAt: order.openedAt ?? now,
    cards: { ...order.cards, [card.uuid]: card },
    authentication: { ...plan, card: card.uuid, securityCode, status: 'C', requested },
  };
}

/** What the payer and the issuer said: authenticated if both agree. */
export function answerAuthentication(order: Order, agrees: boolean): Order {
  const { authentication } = order;
  if (authentication === null) throw new Error('Nobody was asked to authenticate');
  const isAuthenticated = agrees && authentication.passes;
  const answer = isAuthenticated ? { status: 'Y' as const } : { status: 'N' as const, eci: null };
  return { ...order, authentication: { ...authentication, ...answer } };
}

/** The conditions of a payment after its payer was asked to authenticate. */
export function authenticatedTerms({ authentication }: Order): PaymentConditions {
  return {
    ...PLAIN_CONDITIONS,
    authenticated: authentication?.status === 'Y',
    securityCode: authentication?.securityCode ?? 'unchecked',
  };
}

const AUTHENTICABLE: Order['status'][] = [
  'created',
  'pending_card',
  'authentication_required',
  'redirected_to_authentication',
];
