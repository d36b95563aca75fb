import type { CardNumber, CardSnapshot } from '#ledger/cards/card.ts';
import type { ObjectId, Uuid } from '#ledger/core/ids.ts';
import type { Service, Tenant } from '#ledger/core/merchant.ts';
import type { PresentedCard } from '#ledger/devices/device.ts';
import type { Currency, TransactionKind } from '#ledger/orders/order.ts';
import type { Authentication, PaymentConditions, SecurityCode } from './payment-conditions.ts';

/** One movement of money, named by the transaction's UUID: sending it twice moves money once. */
export interface Instruction {
  reference: Uuid;
  kind: TransactionKind;
  tenant: Tenant;
  service: Service;
  /** Minor units. */
  amount: number;
  currency: Currency;
  card: CardSnapshot | null;
  /** The transaction that authorised the money to capture, void or return. */
  original: Uuid | null;
  /** The terminal that it is made at. */
  device: ObjectId | null;
  ip: string | null;
  conditions: PaymentConditions;
  /** When it began, ISO 8601, at the merchant's time. */
  startedAt: string;
  /** The merchant's time, milliseconds since 1970. */
  nowMs: number;
}

/**
 * What an acquirer said. Only `unknown` leaves a transaction
 *  pending until `find` says more.
 */
export type AcquirerResult =
  | {
      result: 'approved';
      /** Minor units; less than asked for after a partial authorisation. */
      amount: number;
      authorization: string;
      processorId: string | null;
      networkTransactionId: string | null;
      /** The card that a terminal read, for a payment at a terminal. */
      presented?: PresentedCard;
    }
  | {
      result: 'refused';
      code: string;
      description: string;
      processorId: string | null;
      presented?: PresentedCard;
    }
  /** Somebody pressed cancel at the terminal. */
  | { result: 'cancelled' }
  | { result: 'authentication_required'; code: string; description: string }
  | { result: 'unknown' };

/** Checks a card without moving money. */
export interface CardCheck {
  tenant: Tenant;
  service: Service;
  card: CardSnapshot;
  cvv: string | null;
  nowMs: number;
}

/** Who moves the money. Implementations answer; they throw only for what is a bug. */
export interface Acquirer {
  /** Sends a movement. Repeating a reference repeats the answer and moves nothing again. */
  perform(instruction: Instruction): Promise<AcquirerResult>;
  /**
   * The outcome of a movement that may have been sent; after `never_received` it is safe to send
   * it.
   */
  find(instruction: Instruction): Promise<AcquirerResult | { result: 'never_received' }>;
  /** Whether a card exists and could pay now. */
  validate(check: CardCheck): Promise<AcquirerResult>;
  /** How a card's holder is authenticated before a payment. */
  authentication(card: CardSnapshot, tenant: Tenant, service: Service): Promise<AuthenticationPlan>;
  /**
   * Whether a card's security code is right. It is checked before the intent of a payment is
   * written, which keeps the verdict and never the code, so that `find` needs neither.
   */
  securityCodeOf(service: Service, number: CardNumber): SecurityCode;
  /** The card behind a wallet's payload, or null when the payload is not one. */
  openWallet(tenant: Tenant, wallet: Wallet, payload: unknown): WalletCard | null;
  /** Scheme, country and the like of a card number, with the fingerprint that replaces it. */
  describe(tenant: Tenant, number: CardNumber): CardDescription;
}

/** The facts that follow from a card number. */
export type CardDescription = Pick<
  CardSnapshot,
  'fingerprint' | 'brand' | 'type' | 'country' | 'bank' | 'prepaid' | 'bin' | 'bin8' | 'last4'
>;

/** An authentication before the payer was asked. */
export type AuthenticationPlan = Pick<
  Authentication,
  'version' | 'flow' | 'eci' | 'passes' | 'refusal'
>;

export type Wallet = 'GOOGLEPAY' | 'APPLEPAY';

/** A card as a wallet hands it over. */
export type WalletCard = CardDescription &
  Pick<CardSnapshot, 'holder' | 'expiryMonth' | 'expiryYear'>;
