import type { Channel, Contact } from '#ledger/purchases/purchase.ts';
import { type Billing, type BillingTerms, isCharged } from './billing.ts';
import type { Subscription } from './subscription.ts';

/** A subscription that is charged here. */
export interface Billed {
  subscription: Subscription & { billing: BillingTerms };
  billing: Billing;
}

/** A subscription with its billing, or null when it is not charged here. */
export function billedOf(
  subscription: Subscription | null,
  billing: Billing | null,
): Billed | null {
  if (subscription === null || billing === null || !subscription.billing) return null;
  return { subscription: { ...subscription, billing: subscription.billing }, billing };
}

/** How a subscription that is charged here stands, in the words that shops use. */
export function statusOf(terms: BillingTerms, { state, lastOutcome, updatedAt }: Billing): string {
  if (state === 'completed') return 'expired';
  if (state !== 'running') return 'canceled';
  if (lastOutcome !== null) return isCharged(lastOutcome) ? 'active' : 'past_due';
  if (terms.firstAt <= updatedAt) return 'active';
  return terms.isTrial ? 'trialing' : 'scheduled';
}

/** The subscriber as a contact; only an id is known. */
export function contactOf({ subscriber }: BillingTerms): Contact {
  return { id: subscriber, name: null, email: null, details: { id: subscriber } };
}

/** The channel of a subscription and its orders: its product. */
export function channelOf({ plan: { product } }: BillingTerms): Channel {
  const { externalId: id, name } = product;
  return { type: 'external', subType: null, id, name, details: null };
}
