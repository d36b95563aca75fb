import type { ObjectId, Uuid } from '#ledger/core/ids.ts';
import type { Period } from '#ledger/subscriptions/calendar.ts';

/** The merchant as the seller of subscriptions; there is one, made by its first registration. */
export interface Company {
  id: Uuid;
  name: string;
  createdAt: string;
}

/** What is sold by subscription, known by the merchant's own id. */
export interface Product {
  externalId: string;
  /** Derived from the request that created it, so that a repetition finds its own product. */
  id: ObjectId;
  name: string;
  /** Who is told what became of every charge, or null. */
  notifyUrl: string | null;
  createdAt: string;
  /** Days between a failed attempt to charge and the next one; 1 when absent. */
  retryDays?: number;
  /** How often that was changed; never when absent. */
  changes?: number;
}

/** After a failed attempt to charge, if the product says nothing else. */
export const DEFAULT_RETRY_DAYS = 1;

/** Keeps the attempts of a period from reaching into the next one. */
export const MAX_RETRY_DAYS = 30;

/** What a product costs and how often, known by the merchant's own id. It does not change. */
export interface Plan {
  externalId: string;
  /** The work that created it. */
  id: ObjectId;
  name: string;
  /** Minor units; the currency is that of the service that a subscription is charged through. */
  amount: number;
  period: Period;
  trial: Trial;
  product: Product;
  createdAt: string;
}

/** How long subscribers pay nothing. The merchant's values are kept even when there is no trial. */
export interface Trial {
  isOffered: boolean;
  count: number | null;
  unit: Period['unit'] | null;
}

/** How long the trial of a plan is, or null when there is none. */
export function trialOf({ trial }: Plan): Period | null {
  const { isOffered, count, unit } = trial;
  return isOffered && count !== null && unit !== null ? { count, unit } : null;
}
