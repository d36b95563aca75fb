import type { ObjectId } from '#ledger/core/ids.ts';
import { objectIdFloor } from '#ledger/core/ids.ts';
import type { Currency } from '#ledger/orders/order.ts';
import { wordsOf } from '#ledger/orders/order-lists.ts';
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
  /**
   * The types of channel it has come by, oldest first, by which lists have it; absent while they
   * have it without, as was so at first.
   */
  channels?: ChannelSince[];
  /** The entity that it began with, such as an order. */
  entity: { type: string; id: string } | null;
  /** The shop's other fields, kept unread. */
  details: Record<string, unknown>;
  /** What it charges, if it is charged here. */
  billing?: BillingTerms;
  createdAt: string;
  updatedAt: string;
}

/** Since when lists have a subscription by a type of channel. */
export interface ChannelSince {
  /** ISO 8601 UTC in real time, not of the merchant's test clock. */
  since: string;
  /** Null when lists had it by none, as they had all at first. */
  type: string | null;
}

/** The subscription with the present type of its channel added to those that lists have it by. */
export function withChannel<T extends Subscription>(subscription: T, realNowMs: number): T {
  const { channels, channel } = subscription;
  if (channels === undefined || channels.at(-1)?.type === channel.type) return subscription;
  const since = new Date(realNowMs).toISOString();
  return { ...subscription, channels: [...channels, { since, type: channel.type }] };
}

/** Which subscriptions to list: each criterion that is given narrows the list. */
export interface SubscriptionFilter {
  id?: ObjectId;
  entity?: string;
  contact?: string;
  channelType?: string;
  /** Beginnings of words of its names, in any case. */
  text?: string;
}

export function isMatch(subscription: Subscription, filter: SubscriptionFilter): boolean {
  const { id, entity, contact, channelType, text } = filter;
  return (
    (id === undefined || subscription.id === id) &&
    (entity === undefined || subscription.entity?.id === entity) &&
    (contact === undefined || subscription.contact?.id === contact) &&
    (channelType === undefined || subscription.channel.type === channelType) &&
    (text === undefined || isNamed(subscription, text))
  );
}

/** Whether each word of a text is the beginning of a word in a subscription's names. */
function isNamed(subscription: Subscription, text: string): boolean {
  const names = wordsOf(searchTextOf(subscription));
  const words = wordsOf(text);
  return words.length > 0 && words.every((word) => names.some((name) => name.startsWith(word)));
}

/**
 * The id that lists are sorted by. A subscription brings its own identity with it, which need not
 * tell when it was created.
 */
export function listIdOf({ id, createdAt }: Pick<Subscription, 'id' | 'createdAt'>): ObjectId {
  return objectIdFloor(Date.parse(createdAt)).slice(0, 12) + id.slice(12);
}

/** The text that a search looks at: the names that people know a subscription by. */
export function searchTextOf({ contact, channel, details, billing }: Subscription): string {
  const product = details.recurringProduct;
  const productName =
    typeof product === 'object' && product !== null && 'name' in product ? product.name : null;
  return [contact?.name, contact?.email, channel.name, productName, billing?.plan.name]
    .filter((name) => typeof name === 'string')
    .join('\n')
    .toLowerCase();
}
