import type { CardSnapshot } from '#ledger/cards/card.ts';
import { mintOrderToken, mintUuid } from '#ledger/core/ids.ts';
import type { Service } from '#ledger/core/merchant.ts';
import type { Order, Transaction } from '#ledger/orders/order.ts';
import type { OrderDraft } from '#ledger/orders/order-commands.ts';
import type { AcquirerResult } from '#ledger/payments/acquirer.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';

export const NOW_MS = Date.UTC(2026, 10, 20, 12);
export const NOW = new Date(NOW_MS).toISOString();
export const EUR = { code: 'EUR', number: '978', digits: 2 };

export const SERVICE: Service = {
  uuid: mintUuid(NOW_MS),
  type: 'REDSYS',
  currency: EUR,
  acquirer: 'sandbox',
  terminal: null,
  partialCapture: true,
};

export const CARD: CardSnapshot = {
  uuid: mintUuid(NOW_MS),
  fingerprint: 'f'.repeat(128),
  holder: 'Jane Doe',
  brand: 'VISA',
  type: 'CREDIT',
  country: 'ES',
  bank: null,
  prepaid: false,
  bin: '454881',
  last4: '0004',
  expiryMonth: '12',
  expiryYear: '34',
  additional: null,
  origin: 'WEBSERVICE',
  saved: true,
  createdAt: NOW,
  validatedAt: null,
};

/** A new order of 10 euros, with what a test wants different. */
export function newOrder(changes: Partial<Order> = {}): Order {
  const uuid = mintUuid(NOW_MS);
  return {
    uuid,
    version: 1,
    token: mintOrderToken(uuid, uuid),
    intent: 'sale',
    status: 'created',
    amount: 1000,
    currency: EUR,
    held: 0,
    captured: 0,
    refunded: 0,
    createdAt: NOW,
    updatedAt: NOW,
    expiresAt: new Date(NOW_MS + 600_000).toISOString(),
    service: { uuid: SERVICE.uuid, type: SERVICE.type, terminal: null },
    customer: 'customer-1',
    description: 'Test',
    additional: null,
    reference: null,
    secure: false,
    saveCard: true,
    sourceCard: null,
    dynamicDescriptor: null,
    template: null,
    dccTemplate: null,
    notifyUrl: null,
    successUrl: null,
    failureUrl: null,
    networkTransactionId: null,
    ip: null,
    authentication: null,
    language: null,
    extraData: null,
    transactions: [],
    cards: {},
    purchase: null,
    fulfillments: [],
    notes: [],
    standings: [],
    ...changes,
  };
}

/** A payment of 10 euros that succeeded, with what a test wants different. */
export function newTransaction(changes: Partial<Transaction> = {}): Transaction {
  return {
    uuid: mintUuid(NOW_MS),
    kind: 'sale',
    status: 'succeeded',
    amount: 1000,
    createdAt: NOW,
    updatedAt: NOW,
    card: null,
    ip: null,
    authorization: '',
    processorId: null,
    error: null,
    errorDescription: null,
    conditions: PLAIN_CONDITIONS,
    ...changes,
  };
}

/** What a merchant says of a new order of 10 euros. */
export function newDraft(changes: Partial<OrderDraft> = {}): OrderDraft {
  return {
    intent: 'sale',
    amount: 1000,
    customer: 'customer-1',
    description: 'Test',
    additional: null,
    reference: 'invoice-1',
    secure: false,
    saveCard: true,
    sourceCard: null,
    dynamicDescriptor: null,
    template: null,
    dccTemplate: null,
    notifyUrl: null,
    successUrl: null,
    failureUrl: null,
    extraData: null,
    service: SERVICE.uuid,
    expiresInSeconds: 600,
    ...changes,
  };
}

export function approved(amount: number): AcquirerResult {
  return {
    result: 'approved',
    amount,
    authorization: '123456',
    processorId: null,
    networkTransactionId: null,
  };
}

export const REFUSED: AcquirerResult = {
  result: 'refused',
  code: '0190',
  description: 'Refused',
  processorId: null,
};

/** A payer of whom a request tells nothing. */
export const UNKNOWN_PAYER = { ip: null, browser: null };
