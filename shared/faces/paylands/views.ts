import type { Card, CardSnapshot } from '#ledger/cards/card.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import {
  isAuthenticated,
  isPaid,
  type Order,
  type OrderIntent,
  type OrderStatus,
  type Transaction,
  type TransactionKind,
  type TransactionStatus,
} from '#ledger/orders/order.ts';
import { bankView } from './customer-views.ts';
import { plainTime, zonedTime } from './time.ts';

/** Paylands' names of what an order and a transaction do (contract D.2). */
export const OPERATIVES: Record<TransactionKind, string> = {
  sale: 'AUTHORIZATION',
  hold: 'DEFERRED',
  capture: 'CONFIRMATION',
  void: 'CANCELLATION',
  refund: 'REFUND',
  manual: 'AUTHORIZATION',
  payout: 'PAYOUT',
  transfer: 'TRANSFER',
};

/** Paylands' names of an order's intent, as requests use them. */
export const INTENTS: Record<string, OrderIntent> = {
  AUTHORIZATION: 'sale',
  DEFERRED: 'hold',
  PAYOUT: 'payout',
  TRANSFER: 'transfer',
};

/** Paylands' order statuses (contract D.1). */
export const ORDER_STATUSES: Record<OrderStatus, string> = {
  created: 'CREATED',
  pending_card: 'PENDING_CARD',
  pending_processor: 'PENDING_PROCESSOR_RESPONSE',
  pending_authentication: 'PENDING_3DS_RESPONSE',
  redirected_to_authentication: 'REDIRECTED_TO_3DS',
  authentication_required: 'AUTHENTICATION_REQUIRED',
  pending_payment: 'PENDING_PAYMENT',
  held: 'PENDING_CONFIRMATION',
  partially_captured: 'PARTIALLY_CONFIRMED',
  paid: 'SUCCESS',
  refused: 'REFUSED',
  voided: 'CANCELLED',
  user_cancelled: 'USER_CANCELLED',
  expired: 'EXPIRED',
  authentication_expired: 'THREEDS_EXPIRED',
  fraud: 'FRAUD',
  blacklisted: 'BLACKLISTED',
  refunded: 'REFUNDED',
  partially_refunded: 'PARTIALLY_REFUNDED',
};

/** Paylands' transaction statuses (contract D.3). */
export const TRANSACTION_STATUSES: Record<TransactionStatus, string> = {
  pending: 'PENDING',
  succeeded: 'SUCCESS',
  refused: 'REFUSED',
  cancelled: 'CANCELLED',
  error: 'ERROR',
};

/** The `order` object (contract C.1.1). Its token is given to the merchant's server only. */
export function orderView(
  order: Order,
  merchant: Merchant,
  audience: 'merchant' | 'notification',
): Record<string, unknown> {
  return {
    uuid: order.uuid,
    ...timesView(order, merchant),
    amount: order.amount,
    currency: order.currency.number,
    paid: isPaid(order),
    status: ORDER_STATUSES[order.status],
    safe: isAuthenticated(order),
    refunded: order.refunded,
    additional: order.additional,
    service: order.service.type,
    service_uuid: order.service.uuid,
    customer: order.customer,
    cof_txnid: order.networkTransactionId,
    transactions: order.transactions.map((one) => transactionView(one, order, merchant)),
    token: audience === 'merchant' && !isAtDevice(order) ? order.token : null,
    ip: order.ip,
    reference: order.reference,
    dynamic_descriptor: order.dynamicDescriptor,
    threeds_data: threedsView(order),
    captured: order.captured,
  };
}

/** Where a buyer pays the order (contract C.1.1, `urls`). */
export function urlsView(order: Order, baseUrl: string) {
  return {
    payment_card: `${baseUrl}/payment/process/${order.token}`,
    '3ds_tokenized': `${baseUrl}/payment/tokenized/${order.token}`,
    checkout: `${baseUrl}/payment/checkout/${order.token}`,
  };
}

/** The `transaction` object (contract C.1.2). */
function transactionView(transaction: Transaction, order: Order, merchant: Merchant) {
  return {
    uuid: transaction.uuid,
    ...timesView(transaction, merchant),
    operative: OPERATIVES[transaction.kind],
    amount: transaction.amount,
    authorization: transaction.authorization,
    processor_id: transaction.processorId,
    status: TRANSACTION_STATUSES[transaction.status],
    error: transaction.error ?? 'NONE',
    source: transactionSource(transaction, order),
    antifraud: antifraudView(transaction),
    device: deviceView(transaction),
    error_details:
      transaction.errorDescription === null
        ? null
        : { error_description: transaction.errorDescription },
    ...bizumView(transaction),
    ...posView(transaction),
    ...(transaction.shares === undefined ? {} : { marketplace_refunds: transaction.shares }),
  };
}

/** The browser of a payment that was made on a page (contract C.1.2, `device`). */
function deviceView({ browser }: Transaction) {
  if (browser === undefined) return null;
  return { fingerprint: browser.fingerprint, user_agent: browser.userAgent };
}

/** What lists and rules said of a payment (contract C.1.2, D.6). */
function antifraudView({ antifraud }: Transaction) {
  if (antifraud === undefined) return null;
  const { evaluation, score, riskScore, fraudScore } = antifraud;
  return { evaluation, score, risk_score: riskScore, fraud_score: fraudScore };
}

/** The card that paid or was paid, or the bank account that money went to. */
function transactionSource({ card: uuid, conditions }: Transaction, order: Order) {
  const card = uuid === null ? undefined : order.cards[uuid];
  if (card !== undefined) return cardView(card);
  const bank = conditions.account?.bank;
  return bank === undefined ? null : bankView(bank);
}

/** What 3-D Secure came to, once it has (contract C.1.1, `threeds_data`). */
function threedsView({ authentication }: Order) {
  if (authentication === null || authentication.status === 'C') return null;
  const { version, flow, requested, status, eci } = authentication;
  return { version, flow, sca_requested: requested, status, eci, exemption: null };
}

/** Whose Bizum account it was, the middle of it hidden (contract B.2). */
function bizumView({ conditions: { account } }: Transaction) {
  if (account === null || account.method !== 'BIZUM' || account.phone === null) return {};
  const digits = account.phone.replace(/^\+/, '');
  const phoneNumber = digits.replace(/^(.{3})(.*)(.{3})$/, (_, first, middle, last) => {
    return `${first}${'X'.repeat(middle.length)}${last}`;
  });
  return { bizum: { account: null, phone_number: phoneNumber } };
}

/** Whether it is paid at a terminal: then no page of it is given to anybody. */
function isAtDevice({ transactions }: Order): boolean {
  return transactions[0]?.device !== undefined;
}

/** What a terminal says of a transaction (contract C.1.2, `pos`). */
function posView({ kind, device }: Transaction) {
  if (device === undefined) return {};
  const { presented } = device;
  return {
    pos: {
      requestor_id: 'API',
      pos_device_id: device.id,
      reversal: kind === 'void',
      brand: presented?.brand ?? null,
      masked_pan: presented?.maskedPan ?? null,
      verification_method: presented?.verification ?? '',
      entry_mode: presented?.entryMode ?? null,
      expiry_date: null,
    },
  };
}

/** The card object (contract C.1.3). */
export function cardView(card: CardSnapshot): Record<string, unknown> {
  return {
    object: 'CARD',
    uuid: card.uuid,
    type: card.type,
    token: card.fingerprint,
    brand: card.brand,
    country: card.country,
    holder: card.holder,
    bin: Number(card.bin),
    last4: card.last4,
    is_saved: card.saved,
    expire_month: card.expiryMonth,
    expire_year: card.expiryYear,
    additional: card.additional,
    bank: card.bank,
    prepaid: card.prepaid,
    validation_date: card.validatedAt === null ? null : plainTime(card.validatedAt),
    creation_date: plainTime(card.createdAt),
    brand_description: null,
    origin: card.origin,
    cof: { is_available: true },
  };
}

/** A card in a customer's list (contract C.1.3). */
export function listedCardView(card: Card, isBlacklisted: boolean): Record<string, unknown> {
  return {
    ...cardView(card),
    is_blacklisted: isBlacklisted,
    tokenization_service_uuid: card.tokenizedWith,
  };
}

/** Why a card was not validated, and that it is kept all the same. */
export function refusedDetails(refusal: string, { uuid }: Card): string {
  return `Card validation refused: ${refusal}: the card ${uuid} is kept, not validated`;
}

/** The payload of the operations that return a card (contract C.6). */
export function sourceView(card: Card): Record<string, unknown> {
  return { Customer: { external_id: card.customer }, Source: cardView(card) };
}

function timesView(times: { createdAt: string; updatedAt: string }, merchant: Merchant) {
  return {
    created: zonedTime(times.createdAt),
    updated: zonedTime(times.updatedAt),
    created_from_client_timezone: zonedTime(times.createdAt, merchant.timeZone),
  };
}
