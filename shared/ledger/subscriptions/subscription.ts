import type { ObjectId } from '#ledger/core/ids.ts';
import { objectIdFloor } from '#ledger/core/ids.ts';
import type { Currency } from '#ledger/orders/order.ts';
import type { Channel, Contact } from '#ledger/purchases/purchase.ts';
import type { BillingTerms } from './billing.ts';

/**
 * A subscription: either imported from a shop, which makes its orders itself, or charged here.
 * Amounts are minor units, times ISO 8601 UTC.
 */
export interface Subscription {
  id: ObjectId;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  /** Null when it was not told by a location: it shows at any of the merchant's. */
  location: string | null;
  /** What the provider that renews it calls it; orders name it by this. */
  providerId: string | null;
  status: string;
  amount: number;
  currency: Currency;
  contact: Contact | null;
  channel: Channel;
  /** The entity that it began with, such as an order. */
  entity: { type: string; id: string } | null;
  /** The shop's other fields, kept unread. */
  details: Record<string, unknown>;
  /** What it charges, if it is charged here. */
  billing?: BillingTerms;
  createdAt: string;
  updatedAt: string;
}

/** Which subscriptions to list: each criterion that is given narrows the list. */
export interface SubscriptionFilter {
  id?: ObjectId;
  entity?: string;
  contact?: string;
  channelType?: string;
  /** Part of a name, in any case. */
  text?: string;
}

export function isMatch(subscription: Subscription, filter: SubscriptionFilter): boolean {
  const { id, entity, contact, channelType, text = '' } = filter;
  return (
    (id === undefined || subscription.id === id) &&
    (entity === undefined || subscription.entity?.id === entity) &&
    (contact === undefined || subscription.contact?.id === contact) &&
    (channelType === undefined || subscription.channel.type === channelType) &&
    searchTextOf(subscription).includes(text.toLowerCase())
  );
}

/**
 * The id that lists are sorted by. A subscription brings its own identity with it, which need not
 * tell when it was created.
 */
export function listIdOf({ id, createdAt }: Pick<Subscription, 'id' | 'createdAt'>): ObjectId {
  return objectIdFloor(Date.parse(createdAt)).slice(0, 12) + id.slice(12);
}

/** What a text is looked for in: the names that people know a subscription by. */
function searchTextOf({ contact, channel, details, billing }: Subscription): string {
  const product = details.recurringProduct;
  const productName =
    typeof product === 'object' && product !== null && 'name' in product ? product.name : null;
  return [contact?.name, contact?.email, channel.name, productName, billing?.plan.name]
    .filter((name) => typeof name === 'string')
    .join('\n')
    .toLowerCase();
}
