import type { Currency } from '#ledger/orders/order.ts';
import type { Faults } from './faults.ts';
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
  /** ISO 3166 alpha-2: where telephone numbers without a prefix are; `ES` by default. */
  country?: string;
  /** The shared secret of request bodies and notification hashes. */
  signature: string;
  /** How far a sandbox merchant's clock is ahead of the real one, in milliseconds. */
  clockOffsetMs: number;
  /** Whether its due work is kept apart because its clock can move. */
  testClock: boolean;
  /** What is to go wrong, in the sandbox. */
  faults?: Faults;
  /** Oldest first; the first one is the default. */
  services: Service[];
}

/**
 * How far a clock may be ahead, ten years: tests of the future need no more, and an identity holds
 * no time after 2106.
 */
export const MAX_CLOCK_AHEAD_MS = 10 * 365.25 * 24 * 3_600_000;

export function nowOf(merchant: Pick<Merchant, 'clockOffsetMs'>, realNowMs: number): number {
  return realNowMs + Math.min(merchant.clockOffsetMs, MAX_CLOCK_AHEAD_MS);
}

/** The country that a merchant's telephone numbers are of when they say none. */
export function countryOf({ country = 'ES' }: Merchant): string {
  return country;
}
