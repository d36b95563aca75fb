import type { CardUuid, Uuid } from '#ledger/core/ids.ts';

/** What is kept of a card: never its number or its security code. */
export interface CardSnapshot {
  uuid: CardUuid;
  /** Keyed fingerprint of the number: equal for equal numbers of one merchant. */
  fingerprint: string;
  holder: string;
  brand: string;
  type: 'CREDIT' | 'DEBIT';
  country: string;
  bank: string | null;
  prepaid: boolean;
  bin: string;
  /**
   * Its first eight digits; absent for numbers shorter than 16 digits and for cards stored before
   * these were kept.
   */
  bin8?: string;
  last4: string;
  /** Two digits each, the year as in 34 for 2034. */
  expiryMonth: string;
  expiryYear: string;
  additional: string | null;
  /** How it came in: `WEBSERVICE`, `BATCH`, `PAYMENT_CARD`. */
  origin: string;
  saved: boolean;
  createdAt: string;
  validatedAt: string | null;
}

/** A stored card of a customer. */
export interface Card extends CardSnapshot {
  version: number;
  customer: string;
  /** The last successful payment made with this entry, and the service it was made through. */
  paidAt: string | null;
  paidWith: Uuid | null;
  /** The service that validated it, else the one of its first payment. */
  tokenizedWith: Uuid | null;
  /**
   * For an entry that stands for a further payment with a card: the entry that was paid with
   * (contract C.6).
   */
  repeats?: Uuid;
}

/** A card number as it arrives, on its way to the acquirer; it must not outlive the request. */
export interface CardNumber {
  pan: string;
  cvv: string | null;
}

/** Whether pages may offer it: its holder agreed to that, and it is not there for a payment only. */
export function isOffered(card: Card): boolean {
  return card.saved && card.repeats === undefined;
}

/**
 * Whether a card can no longer be used: it is good until its expiry month is over everywhere, which
 * is twelve hours later than in UTC. Where the buyer is, the issuer knows.
 */
export function isCardExpired(card: CardSnapshot, nowMs: number): boolean {
  const year = 2000 + Number(card.expiryYear);
  return Date.UTC(year, Number(card.expiryMonth), 1, 12) <= nowMs;
}

/** The part of a card that an order keeps. */
export function snapshotOf(card: Card): CardSnapshot {
  const {
    version: _version,
    customer: _customer,
    paidAt: _paidAt,
    paidWith: _paidWith,
    tokenizedWith: _tokenizedWith,
    repeats: _repeats,
    ...snapshot
  } = card;
  return snapshot;
}
