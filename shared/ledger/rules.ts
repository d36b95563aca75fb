import type { Answer } from './acquirer.ts';
import type { CardSnapshot } from './card.ts';
import { LedgerError } from './errors.ts';
import type { Uuid } from './ids.ts';
import type { Service } from './merchant.ts';
import {
  isOpen,
  type Order,
  type OrderStatus,
  PLAIN_TERMS,
  paidByHand,
  pendingTransactions,
  type Terms,
  type Transaction,
  type TransactionKind,
} from './order.ts';

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
    'paid',
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
  pending_payment: ['paid', 'held', 'refused', 'expired'],
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

/** A transaction about to be sent to the acquirer. */
export interface Attempt {
  uuid: Uuid;
  now: string;
  ip?: string | null;
}

/**
 * Begins a charge of an open order with a card, or with none when its data could not be read. Only
 * sales and holds can be charged.
 */
export function beginCharge(
  order: Order,
  card: CardSnapshot | null,
  attempt: Attempt,
  terms: Terms = PLAIN_TERMS,
): Order {
  requirePayable(order, attempt.now);
  return beginPayment(order, card, attempt, terms);
}

/** Begins the charge of an order whose payer was asked to authenticate. */
export function beginAuthenticatedCharge(
  order: Order,
  card: CardSnapshot,
  attempt: Attempt,
  terms: Terms,
): Order {
  requireInAuthentication(order, attempt.now);
  return beginPayment(order, card, attempt, terms);
}

/** Begins a payment that is not made with a card; the payer or the acquirer may take their time. */
export function beginOtherPayment(order: Order, attempt: Attempt, terms: Terms): Order {
  requirePayable(order, attempt.now);
  const begun = begin(order, order.intent, order.amount, null, attempt, terms);
  return { ...moveTo(begun, 'pending_payment'), ip: attempt.ip ?? order.ip };
}

/** Begins to send an order's money to a card or to another account; once per order. */
export function beginPayout(
  order: Order,
  card: CardSnapshot | null,
  attempt: Attempt,
  terms: Terms,
): Order {
  if (order.intent !== 'payout') throw new LedgerError('order_intent_mismatch', order.uuid);
  requireOpen(order, attempt.now);
  return beginPayment(order, card, attempt, terms);
}

/** @throws LedgerError order_intent_mismatch, order_busy, order_not_payable */
export function requirePayable(order: Order, now: string): void {
  requireSaleOrHold(order);
  requireOpen(order, now);
}

/** @throws LedgerError order_intent_mismatch, order_busy, order_not_payable */
export function requireInAuthentication(order: Order, now: string): void {
  requireSaleOrHold(order);
  const isWaiting = order.status === 'pending_authentication' && order.captured === 0;
  if (!isWaiting || order.expiresAt <= now) {
    throw new LedgerError('order_not_payable', order.uuid);
  }
}

/** Begins the capture of held money, all of it when no amount is given. */
export function beginCapture(
  order: Order,
  service: Service,
  amount: number | null,
  attempt: Attempt,
): Order {
  requireHeld(order);
  const asked = amount ?? order.held;
  if (asked > order.held) throw new LedgerError('capture_exceeds_held', order.uuid);
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
 * What an acquirer may still return: captured, less what was taken by hand, was returned and is
 * being returned.
 */
export function refundable(order: Order): number {
  const underWay = pendingTransactions(order)
    .filter((transaction) => transaction.kind === 'refund')
    .reduce((sum, transaction) => sum + transaction.amount, 0);
  return order.captured - paidByHand(order) - order.refunded - underWay;
}

/** Begins a refund, of everything left when no amount is given. */
export function beginRefund(order: Order, amount: number | null, attempt: Attempt): Order {
  const isByHand = order.captured > 0 && paidByHand(order) === order.captured;
  const isRefundable = REFUNDABLE.includes(order.status) && order.intent !== 'payout';
  if (!isRefundable || isByHand) throw new LedgerError('order_not_refundable', order.uuid);
  const left = refundable(order);
  const asked = amount ?? left;
  if (asked > left || left === 0) throw new LedgerError('refund_exceeds_captured', order.uuid);
  return begin(order, 'refund', asked, firstCard(order), attempt);
}

/**
 * Finishes a pending transaction with the acquirer's answer. An order whose transaction is no
 * longer pending is returned as it is, and so is one of which nobody knows.
 */
export function settle(order: Order, transaction: Uuid, answer: Answer, now: string): Order {
  const pending = order.transactions.find((one) => one.uuid === transaction);
  if (pending?.status !== 'pending' || answer.result === 'unknown') return order;
  const settled = settledTransaction(pending, answer, now);
  const next = {
    ...order,
    updatedAt: now,
    transactions: order.transactions.map((one) => (one === pending ? settled : one)),
  };
  if (answer.result === 'approved') {
    return approve(next, settled, answer.networkTransactionId);
  }
  if (!decidesOrder(settled.kind)) return next;
  // Only the holder of a card can be asked, and nobody is asked to receive money.
  const isAsked = answer.result === 'authentication_required' && settled.card !== null;
  return moveTo(next, isAsked && settled.kind !== 'payout' ? 'authentication_required' : 'refused');
}

/**
 * Closes an open order whose time has come; any other order is returned as it is, and so is one
 * whose payer may be accepting a payment at this moment.
 */
export function expire(order: Order, now: string): Order {
  const isDue = isOpen(order) && order.expiresAt <= now;
  if (!isDue || pendingTransactions(order).length > 0) return order;
  const inAuthentication = order.status === 'pending_authentication';
  return {
    ...moveTo(order, inAuthentication ? 'authentication_expired' : 'expired'),
    updatedAt: now,
  };
}

/** When a schedule must look at the order again, if ever. */
export type OrderDue =
  | { kind: 'recover'; at: string }
  | { kind: 'expire'; at: string }
  | { kind: 'none' };

/** A pending transaction is due for recovery; an open order is due when it expires. */
export function dueOf(order: Order, recoverAfterMs: number, realNowMs: number): OrderDue {
  if (pendingTransactions(order).length > 0) {
    return { kind: 'recover', at: new Date(realNowMs + recoverAfterMs).toISOString() };
  }
  return isOpen(order) ? { kind: 'expire', at: order.expiresAt } : { kind: 'none' };
}

/** An order is one item of the store, which has a size. */
export const MOST_TRANSACTIONS = 200;

const REFUNDABLE: OrderStatus[] = ['paid', 'partially_captured', 'partially_refunded'];

function beginPayment(
  order: Order,
  card: CardSnapshot | null,
  attempt: Attempt,
  terms: Terms,
): Order {
  const begun = begin(order, order.intent, order.amount, card?.uuid ?? null, attempt, terms);
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
    throw new LedgerError('order_not_payable', order.uuid);
  }
}

function begin(
  order: Order,
  kind: TransactionKind,
  amount: number,
  card: Uuid | null,
  attempt: Attempt,
  terms: Terms = PLAIN_TERMS,
): Order {
  if (order.transactions.length >= MOST_TRANSACTIONS) {
    throw new LedgerError('order_full', order.uuid);
  }
  const transaction: Transaction = {
    uuid: attempt.uuid,
    kind,
    status: 'pending',
    amount,
    createdAt: attempt.now,
    updatedAt: attempt.now,
    card,
    ip: attempt.ip ?? null,
    authorization: '',
    processorId: null,
    error: null,
    errorDescription: null,
    terms,
  };
  return {
    ...order,
    updatedAt: attempt.now,
    transactions: [...order.transactions, transaction],
  };
}

function requireHeld(order: Order): void {
  if (order.status !== 'held') throw new LedgerError('order_not_held', order.uuid);
  if (pendingTransactions(order).length > 0) throw new LedgerError('order_busy', order.uuid);
}

/** The card that the order was paid with: a soft decline may have come before it. */
function firstCard(order: Order): Uuid | null {
  return order.transactions.find((one) => one.status === 'succeeded')?.card ?? null;
}

/** Whether the order's status depends on it, also when it is refused. */
function decidesOrder(kind: TransactionKind): boolean {
  return kind === 'sale' || kind === 'hold' || kind === 'payout';
}

function settledTransaction(
  pending: Transaction,
  answer: Exclude<Answer, { result: 'unknown' }>,
  now: string,
): Transaction {
  if (answer.result === 'approved') {
    const { amount, authorization, processorId } = answer;
    return { ...pending, status: 'succeeded', updatedAt: now, amount, authorization, processorId };
  }
  return {
    ...pending,
    status: 'refused',
    updatedAt: now,
    processorId: answer.result === 'refused' ? answer.processorId : null,
    error: answer.code,
    errorDescription: answer.description,
  };
}

function approve(order: Order, transaction: Transaction, networkTransactionId: string | null) {
  const { amount } = transaction;
  switch (transaction.kind) {
    case 'sale':
      return { ...moveTo(order, 'paid'), captured: amount, networkTransactionId };
    case 'hold':
      return { ...moveTo(order, 'held'), held: amount, networkTransactionId };
    case 'capture':
      return {
        ...moveTo(order, amount < order.held ? 'partially_captured' : 'paid'),
        captured: amount,
        held: 0,
      };
    case 'void':
      return { ...moveTo(order, 'voided'), held: 0 };
    case 'payout':
      return moveTo(order, 'paid');
    case 'refund':
      return refunded(order, amount);
    default:
      throw new Error(`No rule settles a ${transaction.kind}`);
  }
}

function refunded(order: Order, amount: number): Order {
  const total = order.refunded + amount;
  const status = total === order.captured ? 'refunded' : 'partially_refunded';
  return { ...(status === order.status ? order : moveTo(order, status)), refunded: total };
}

/** An order in its next status; a step that the table does not know is a bug. */
export function moveTo(order: Order, status: OrderStatus): Order {
  if (!TRANSITIONS[order.status].includes(status)) {
    throw new Error(`An order cannot go from ${order.status} to ${status}`);
  }
  return { ...order, status };
}
