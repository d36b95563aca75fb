import type { CardSnapshot } from '#ledger/cards/card.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { CardUuid, TransactionUuid, Uuid } from '#ledger/core/ids.ts';
import type { Service } from '#ledger/core/merchant.ts';
import {
  type Order,
  type OrderStatus,
  paidOffline,
  pendingTransactions,
  type Transaction,
  type TransactionKind,
} from '#ledger/orders/order.ts';
import { closesAt } from '#ledger/orders/order-due.ts';
import { moveTo } from '#ledger/orders/order-transitions.ts';
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

/** @throws LedgerError order_intent_mismatch, order_busy, order_not_payable */
function requireInAuthentication(order: Order, now: string): void {
  requireSaleOrHold(order);
  const isWaiting = order.status === 'pending_authentication' && order.captured === 0;
  if (!isWaiting || closesAt(order) <= now) {
    throw new LedgerError('order_not_payable', order.uuid, reasonOf(order));
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
  if (asked > order.held) {
    throw new LedgerError('capture_exceeds_held', order.uuid, `${order.held} at most`);
  }
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
 * The amount that the acquirer can still refund: captured, less offline payments, less finished and
 * pending refunds.
 */
export function refundable(order: Order): number {
  const underWay = pendingTransactions(order)
    .filter((transaction) => transaction.kind === 'refund')
    .reduce((sum, transaction) => sum + transaction.amount, 0);
  return order.captured - paidOffline(order) - order.refunded - underWay;
}

/** Begins a refund, of everything left when no amount is given. */
export function beginRefund(order: Order, amount: number | null, attempt: Attempt): Order {
  const isOffline = order.captured > 0 && paidOffline(order) === order.captured;
  const isRefundable = REFUNDABLE.includes(order.status) && order.intent !== 'payout';
  if (!isRefundable || isOffline) {
    const hint = order.captured === 0 ? 'it is not paid yet' : reasonOf(order);
    const why = isOffline ? 'it was paid offline' : hint;
    throw new LedgerError('order_not_refundable', order.uuid, why);
  }
  const left = refundable(order);
  const asked = amount ?? left;
  if (asked > left || left === 0) {
    throw new LedgerError('refund_exceeds_captured', order.uuid, `${left} at most`);
  }
  if (asked < left) requireSlot(order, 1);
  return begin(order, 'refund', asked, firstCard(order), attempt);
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

const REFUNDABLE: OrderStatus[] = ['paid', 'partially_captured', 'partially_refunded'];

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

function begin(
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

function requireHeld(order: Order): void {
  if (order.status !== 'held') throw new LedgerError('order_not_held', order.uuid);
  if (pendingTransactions(order).length > 0) throw new LedgerError('order_busy', order.uuid);
}

/** The card that the order was paid with: a soft decline may have come before it. */
function firstCard(order: Order): Uuid | null {
  return order.transactions.find((one) => one.status === 'succeeded')?.card ?? null;
}

/** Says in words for people why nothing can be done with an order in its present status. */
function reasonOf({ status, intent }: Order): string {
  if (intent === 'payout' && status === 'paid') return 'the money is already sent';
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
