import type { CardSnapshot } from '#ledger/cards/card.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { type Order, pendingTransactions } from '#ledger/orders/order.ts';
import { closesAt } from '#ledger/orders/order-due.ts';
import { moveTo } from '#ledger/orders/order-transitions.ts';
import { type Attempt, begin, reasonOf } from './begin-transaction.ts';
import { type PaymentConditions, PLAIN_CONDITIONS } from './payment-conditions.ts';

/**
 * Begins a charge of an open order with a card, or with none when its data could not be read. Only
 * sales and holds can be charged.
 */
export function beginCharge(
  order: Order,
  card: CardSnapshot | null,
  attempt: Attempt,
  conditions: PaymentConditions = PLAIN_CONDITIONS,
): Order {
  requirePayable(order, attempt.now);
  return beginPayment(order, card, attempt, conditions);
}

/** Begins the charge of an order whose payer was asked to authenticate. */
export function beginAuthenticatedCharge(
  order: Order,
  card: CardSnapshot,
  attempt: Attempt,
  conditions: PaymentConditions,
): Order {
  requireInAuthentication(order, attempt.now);
  return beginPayment(order, card, attempt, conditions);
}

/** Begins a payment that is not made with a card; its outcome may take a while. */
export function beginOtherPayment(
  order: Order,
  attempt: Attempt,
  conditions: PaymentConditions,
): Order {
  requirePayable(order, attempt.now);
  const begun = begin(order, order.intent, order.amount, null, attempt, conditions);
  return { ...moveTo(begun, 'pending_payment'), ip: attempt.ip ?? order.ip };
}

/** Begins a payment at a terminal: the order stays as it is until there is a result. */
export function beginDevicePayment(order: Order, attempt: Attempt): Order {
  requirePayable(order, attempt.now);
  const conditions = { ...PLAIN_CONDITIONS, authenticated: true };
  return begin(order, order.intent, order.amount, null, attempt, conditions);
}

/** Begins the payout of an order to a card or another account, which happens once per order. */
export function beginPayout(
  order: Order,
  card: CardSnapshot | null,
  attempt: Attempt,
  conditions: PaymentConditions,
): Order {
  if (order.intent !== 'payout') throw new LedgerError('order_intent_mismatch', order.uuid);
  requireOpen(order, attempt.now);
  return beginPayment(order, card, attempt, conditions);
}

/** @throws LedgerError order_intent_mismatch, order_busy, order_not_payable */
export function requirePayable(order: Order, now: string): void {
  requireSaleOrHold(order);
  requireOpen(order, now);
}

/**
 * Only the payer of a sale or a hold is ever authenticated; see `canAuthenticate`.
 * @throws LedgerError order_not_payable
 */
function requireInAuthentication(order: Order, now: string): void {
  const isWaiting = order.status === 'pending_authentication' && order.captured === 0;
  if (!isWaiting || closesAt(order) <= now) {
    throw new LedgerError('order_not_payable', order.uuid, reasonOf(order));
  }
}

function beginPayment(
  order: Order,
  card: CardSnapshot | null,
  attempt: Attempt,
  conditions: PaymentConditions,
): Order {
  const begun = begin(order, order.intent, order.amount, card?.uuid ?? null, attempt, conditions);
  return {
    ...moveTo(begun, 'pending_processor'),
    ip: attempt.ip ?? order.ip,
    cards: card === null ? order.cards : { ...order.cards, [card.uuid]: card },
  };
}

function requireSaleOrHold(order: Order): void {
  if (order.intent === 'sale' || order.intent === 'hold') return;
  throw new LedgerError('order_intent_mismatch', order.uuid);
}

function requireOpen(order: Order, now: string): void {
  if (pendingTransactions(order).length > 0) throw new LedgerError('order_busy', order.uuid);
  const isWaiting = order.status === 'created' || order.status === 'pending_card';
  if (!isWaiting || order.captured > 0 || order.expiresAt <= now) {
    throw new LedgerError('order_not_payable', order.uuid, reasonOf(order));
  }
}
