import type { Currency } from '#ledger/orders/order.ts';
import type { Uuid } from './ids.ts';

export type Environment = 'sandbox' | 'live';

/** Whose data: every key of the ledger begins with it, so that nothing crosses. */
export interface Tenant {
  merchant: Uuid;
  environment: Environment;
}

/** A payment service of a merchant: its currency and who moves its money. */
export interface Service {
  uuid: Uuid;
  /** The provider's type, such as `REDSYS`; the sandbox's outcomes depend on it. */
  type: string;
  currency: Currency;
  acquirer: 'sandbox' | 'paylands';
  terminal: string | null;
  /** Whether a hold may be captured in part. */
  partialCapture: boolean;
  /** The ways of a payout where there are others than a card: `CARD`, `BIZUM`, `TRANSFER` … */
  payoutMethods?: string[];
  /** The ways to pay with a telephone, where they are not those of its type: `BIZUM`, `MBWAY`. */
  phoneMethods?: string[];
}

/** A merchant in one environment, as the functions need it for a request. */
export interface Merchant extends Tenant {
  name: string;
  /** IANA name; only `created_from_client_timezone` depends on it. */
  timeZone: string;
  /** The shared secret of request bodies and notification hashes. */
  signature: string;
  /** How far a sandbox merchant's clock is ahead of the real one, in milliseconds. */
  clockOffsetMs: number;
  /** Whether its due work is kept apart because its clock can move. */
  testClock: boolean;
  /** Oldest first; the first one is the default. */
  services: Service[];
}

export function nowOf(merchant: Merchant, realNowMs: number): number {
  return realNowMs + merchant.clockOffsetMs;
}
