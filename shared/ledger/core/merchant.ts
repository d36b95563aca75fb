import type { Currency } from '#ledger/orders/order.ts';
import type { Faults } from './faults.ts';
import type { MerchantUuid, ServiceUuid } from './ids.ts';

export type Environment = 'sandbox' | 'live';

/** The owner of data: every key of the ledger begins with it, which keeps tenants apart. */
export interface Tenant {
  merchant: MerchantUuid;
  environment: Environment;
}

/** A payment service of a merchant: its currency and who moves its money. */
export interface Service {
  uuid: ServiceUuid;
  /** The provider's type, such as `REDSYS`; the sandbox's outcomes depend on it. */
  type: string;
  currency: Currency;
  acquirer: 'sandbox' | 'paylands';
  terminal: string | null;
  /** Whether a hold may be captured in part. */
  partialCapture: boolean;
  /** The payout methods of the service (`CARD`, `BIZUM`, `TRANSFER` …); absent for cards only. */
  payoutMethods?: string[];
  /** The phone payment methods (`BIZUM`, `MBWAY`); absent for those of its type. */
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
  /** Whether its clock can be moved, so that its due work is kept in a partition of its own. */
  testClock: boolean;
  /** The faults that a sandbox merchant asked for. */
  faults?: Faults;
  /** Oldest first; the first one is the default. */
  services: Service[];
}

/**
 * The furthest a clock may be ahead: ten years are enough for tests, and an ObjectId holds no time
 * after 2106.
 */
export const MAX_CLOCK_AHEAD_MS = 10 * 365.25 * 24 * 3_600_000;

export function nowOf(merchant: Pick<Merchant, 'clockOffsetMs'>, realNowMs: number): number {
  return realNowMs + Math.min(merchant.clockOffsetMs, MAX_CLOCK_AHEAD_MS);
}

/** The country assumed for a merchant's telephone numbers without a prefix. */
export function countryOf({ country = 'ES' }: Merchant): string {
  return country;
}
