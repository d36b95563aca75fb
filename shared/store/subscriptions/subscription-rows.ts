import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import { listIdOf, type Subscription, searchTextOf } from '#ledger/subscriptions/subscription.ts';
import { nameOf } from '#store/core/batch.ts';
import { type Attributes, item, keyOf } from '#store/core/items.ts';
import { type Key, prefix, shortPrefix } from '#store/core/keys.ts';
import { journalAttributes, type Move } from '#store/lists/journal.ts';
import { rowKey } from '#store/lists/list-keys.ts';
import { searchWordsOf, wordRowKey } from '#store/lists/words.ts';
import { nameOf as partNamed } from '#store/orders/channel-names.ts';
import { subscriptionKey } from './subscription-keys.ts';

/** A row of the subscriptions of a contact, or of those that began with an order. */
export const facetKey = (
  tenant: Tenant,
  facet: 'CONTACT' | 'ENTITY',
  value: string,
  id: ObjectId,
): Key => ({
  pk: `${prefix(tenant)}#SUBSCRIPTIONS#${facet}#${value}`,
  sk: id,
});

/** What the partitions begin with that hold the words of the names of subscriptions. */
export const wordPartition = (tenant: Tenant): string => `${prefix(tenant)}#SUBSCRIPTIONS#WORDS`;

/** The partition of the `lists` index with the subscriptions of a part. */
export const partListKey = (tenant: Tenant, part: string): string =>
  `${shortPrefix(tenant)}#SUBSCRIPTIONS${part}`;

/** The part of the list of subscriptions with those that came by a type of channel. */
export const partOf = (channelType: string): string => `/${partNamed(channelType)}`;

/** The type of channel of a part, in as many letters as its name has; null for none. */
export const channelTypeOf = (part: string): string | null =>
  part === '' ? null : decodeURIComponent(part.slice(1));

/** What the name of the item begins with that notes what became of a subscription for the lists. */
export const LISTED = 'LISTED#';

/** The key of that item. */
export const journalItemKey = (tenant: Tenant, subscription: Subscription): Key => ({
  pk: subscriptionKey(tenant, subscription.id).pk,
  sk: LISTED + listIdOf(subscription),
});

/** Says when a subscription has come into which part of the list. */
export function journalItem(
  tenant: Tenant,
  subscription: Subscription,
  moves: readonly Move[] = movesOf(subscription),
): Attributes {
  const key = journalItemKey(tenant, subscription);
  return item(key, {}, journalAttributes(tenant, 'SUBSCRIPTIONS', moves));
}

const movesOf = ({ channels = [] }: Subscription): Move[] =>
  channels.map(({ since, type }) => ({ at: since, part: type === null ? '' : partOf(type) }));

/**
 * The rows of a subscription: in the list of all, which an index has by channel, and one for each
 * thing that subscriptions are looked for by. They hold the whole.
 */
export function rowWrites(
  table: string,
  tenant: Tenant,
  { subscription, before }: ChangeOf<'subscription'>,
): TransactWriteItem[] {
  const rows = rowsOf(tenant, subscription);
  // Words of a new one are facts.
  const words = before === null ? [] : wordRows(tenant, subscription);
  const known = before === null ? [] : wordRows(tenant, before);
  const isKnown = namesOf(known);
  const written = [...rows, ...words.filter((row) => !isKnown.has(nameIn(row)))];
  const kept = namesOf([...rows, ...words]);
  const old = before === null ? [] : [...rowsOf(tenant, before), ...known];
  const stale = old.filter((row) => !kept.has(nameIn(row)));
  return [
    ...written.map((Item) => ({ Put: { TableName: table, Item } })),
    ...stale.map((row) => ({ Delete: { TableName: table, Key: keyOf(keyIn(row)) } })),
  ];
}

/** The rows by which a subscription is found by the words of its names. */
export function wordRows(tenant: Tenant, subscription: Subscription): Attributes[] {
  if (subscription.channels === undefined) return [];
  const [partition, id] = [wordPartition(tenant), listIdOf(subscription)];
  return searchWordsOf(searchTextOf(subscription)).map((word) =>
    item(wordRowKey(partition, word, id), {}),
  );
}

function rowsOf(tenant: Tenant, subscription: Subscription): Attributes[] {
  const { contact, entity, channels } = subscription;
  const id = listIdOf(subscription);
  const type = channels?.at(-1)?.type ?? null;
  const inIndex =
    type === null ? {} : { listKey: { S: partListKey(tenant, partOf(type)) }, listSort: { S: id } };
  return [
    item(rowKey(tenant, 'SUBSCRIPTIONS', id), subscription, inIndex),
    ...(contact === null ? [] : [item(facetKey(tenant, 'CONTACT', contact.id, id), subscription)]),
    ...(entity === null ? [] : [item(facetKey(tenant, 'ENTITY', entity.id, id), subscription)]),
  ];
}

const keyIn = ({ pk, sk }: Attributes): Key => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' });
const nameIn = (row: Attributes): string => nameOf(keyIn(row));
const namesOf = (rows: readonly Attributes[]) => new Set(rows.map(nameIn));
