import type { CardSnapshot } from '#ledger/cards/card.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type {
  CardUuid,
  ObjectId,
  OrderUuid,
  ServiceUuid,
  TransactionUuid,
  Uuid,
} from '#ledger/core/ids.ts';
import type { PresentedCard } from '#ledger/devices/device.ts';
import type { Browser } from '#ledger/payments/payer.ts';
import type { Authentication, PaymentConditions } from '#ledger/payments/payment-conditions.ts';
import type { Fulfillment } from '#ledger/purchases/fulfillment.ts';
import type { OrderNote, Purchase } from '#ledger/purchases/purchase.ts';
import type { Antifraud } from '#ledger/security/antifraud.ts';
import type { Standing } from './standing.ts';

/**
 * What the merchant wants: a sale is captured at once, a hold later; a payout or a transfer sends
 * money.
 */
export type OrderIntent = 'sale' | 'hold' | 'payout' | 'transfer';

export type OrderStatus =
  | 'created'
  | 'pending_card'
  | 'pending_processor'
  | 'pending_authentication'
  | 'redirected_to_authentication'
  | 'authentication_required'
  | 'pending_payment'
  | 'held'
  | 'partially_captured'
  | 'paid'
  | 'refused'
  | 'voided'
  | 'user_cancelled'
  | 'expired'
  | 'authentication_expired'
  | 'fraud'
  | 'blacklisted'
  | 'refunded'
  | 'partially_refunded';

/** A `manual` payment was taken by the merchant's people, without an acquirer. */
export type TransactionKind = OrderIntent | 'capture' | 'void' | 'refund' | 'manual';

/** `pending` until the acquirer has said what became of it. */
export type TransactionStatus = 'pending' | 'succeeded' | 'refused' | 'cancelled' | 'error';

/** ISO 4217: `{ code: 'EUR', number: '978', digits: 2 }`. */
export interface Currency {
  code: string;
  number: string;
  digits: number;
}

export interface Transaction {
  uuid: TransactionUuid;
  kind: TransactionKind;
  status: TransactionStatus;
  /** Minor units: the requested amount, or the approved one once it has succeeded. */
  amount: number;
  createdAt: string;
  updatedAt: string;
  /** The card it was made with, a key of the order's `cards`. */
  card: CardUuid | null;
  ip: string | null;
  /** The payer's; absent when it was not made on a page. */
  browser?: Browser;
  authorization: string;
  processorId: string | null;
  /** The acquirer's refusal code, or null. */
  error: string | null;
  errorDescription: string | null;
  conditions: PaymentConditions;
  /** The verdict of the merchant's lists and rules; absent when there are none. */
  antifraud?: Antifraud;
  /** The terminal it was made at, and the card that the terminal read; null until it has. */
  device?: { id: ObjectId; presented: PresentedCard | null };
  /** Of a `manual` payment: how it was made. */
  manual?: ManualPayment;
  /** For a marketplace's refund: the share of each merchant, as it was sent. */
  shares?: readonly unknown[];
}

export interface ManualPayment {
  mode: 'cash' | 'card' | 'cheque' | 'bank_transfer' | 'other';
  card: { brand: string; last4: string } | null;
  cheque: string | null;
  notes: string | null;
  details: Record<string, unknown> | null;
}

/**
 * An order with everything that happened to it: one entity, so that the totals and the
 * transactions they sum up can never disagree. Amounts are minor units, times ISO 8601 UTC.
 */
export interface Order {
  uuid: OrderUuid;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  token: string;
  intent: OrderIntent;
  status: OrderStatus;
  amount: number;
  currency: Currency;
  /** The amounts that are held for a capture, captured, and refunded so far. */
  held: number;
  captured: number;
  refunded: number;
  createdAt: string;
  updatedAt: string;
  expiresAt: string;
  /** When its payer first opened a page to pay it. */
  openedAt?: string;
  service: { uuid: ServiceUuid; type: string; terminal: string | null };
  customer: string | null;
  description: string;
  additional: string | null;
  reference: string | null;
  secure: boolean;
  /** Whether the card may be kept for later payments; null leaves it to the payer. */
  saveCard: boolean | null;
  sourceCard: Uuid | null;
  dynamicDescriptor: string | null;
  template: string | null;
  dccTemplate: string | null;
  notifyUrl: string | null;
  successUrl: string | null;
  failureUrl: string | null;
  /** The scheme's transaction id of the first payment, for card-on-file payments. */
  networkTransactionId: string | null;
  ip: string | null;
  authentication: Authentication | null;
  /** ISO 639-1: the language that the merchant knows its customer to speak. */
  language: string | null;
  extraData: Record<string, unknown> | null;
  transactions: Transaction[];
  /** The cards of its transactions as they were when they were used. */
  cards: Record<Uuid, CardSnapshot>;
  /** What was sold, if a shop has said so. */
  purchase: Purchase | null;
  fulfillments: Fulfillment[];
  notes: OrderNote[];
  /** Its states with the times they began, oldest first; the last one is the present one. */
  standings: Standing[];
}

/** Whether the merchant has the money: a hold is not paid, a refunded order stays paid. */
export function isPaid(order: Order): boolean {
  return ['paid', 'partially_captured', 'partially_refunded', 'refunded'].includes(order.status);
}

/** Whether the payer of its last payment was authenticated, by 3-D Secure or by a wallet. */
export function isAuthenticated(order: Order): boolean {
  const payment = order.transactions.findLast((one) => one.kind === 'sale' || one.kind === 'hold');
  return payment?.conditions.authenticated ?? false;
}

/** Whether a buyer may still pay it; what is partly paid offline can only be finished offline. */
export function isOpen(order: Order): boolean {
  return OPEN.includes(order.status) && order.captured === 0;
}

/** Whether its payer is to be sent to authenticate: left to do so, or asked to by the issuer. */
export function waitsForPayer({ status }: Order): boolean {
  return [
    'created',
    'pending_card',
    'authentication_required',
    'redirected_to_authentication',
  ].includes(status);
}

/** How much of an order was taken without an acquirer, which no acquirer can return. */
export function paidOffline(order: Order): number {
  return order.transactions
    .filter((one) => one.kind === 'manual' && one.status === 'succeeded')
    .reduce((sum, one) => sum + one.amount, 0);
}

/**
 * An order is one item of the store, whose size is limited. Additions by people (notes,
 * fulfilments, offline payments) are refused well before that, so that there is always room for
 * charges and refunds.
 * @throws LedgerError order_full
 */
export function requireRoom(order: Order): Order {
  return requireSize(order, MAX_BYTES_OF_ADDITIONS);
}

/**
 * Refuses a movement of money before the acquirer is asked, when afterwards the order, its
 * notification or the stored answer might not fit an item of the store.
 * @throws LedgerError order_full
 */
export function requireRoomForMoney(order: Order): Order {
  return requireSize(order, MAX_BYTES);
}

function requireSize(order: Order, most: number): Order {
  if (Buffer.byteLength(JSON.stringify(order)) > most) {
    throw new LedgerError('order_full', order.uuid);
  }
  return order;
}

/** An item holds 400 KB, compressed; an order of this size fits even if nothing of it shrinks. */
const MAX_BYTES = 300 * 1024;
const MAX_BYTES_OF_ADDITIONS = 150 * 1024;

/** The transaction that an attempt has made. */
export function transactionOf(order: Order, attempt: Uuid): Transaction | null {
  return order.transactions.find((transaction) => transaction.uuid === attempt) ?? null;
}

export function pendingTransactions(order: Order): Transaction[] {
  return order.transactions.filter((transaction) => transaction.status === 'pending');
}

const OPEN: OrderStatus[] = [
  'created',
  'pending_card',
  'pending_authentication',
  'redirected_to_authentication',
  'authentication_required',
  'pending_payment',
];
