import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { type Key, prefix, shortPrefix } from '#store/core/keys.ts';

/** The lists, each with its own journal and book. */
export type ListName = 'TRANSACTIONS' | 'ORDERS' | 'SUBSCRIPTIONS';

/** A row of a list that is kept apart from what it is about, sorted by time. */
export const rowKey = (tenant: Tenant, list: ListName, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#${list}`,
  sk: id,
});

/**
 * The partition of the `lists` index with the orders of a kind of channel, sorted by their ids; those
 * that came by none, which has no name, are together.
 */
export const orderListKey = (tenant: Tenant, channel: string): string =>
  `${shortPrefix(tenant)}#ORDERS${channel === '' ? '' : `#${channel}`}`;

/** The partition of the `lists` index that holds one part of the list of transactions. */
export const partListKey = (tenant: Tenant, part: string): string =>
  `${shortPrefix(tenant)}#TRANSACTIONS#${part}`;

/** The partition of the `journal` index that says what changed in a list, sorted by time. */
export const journalKey = (tenant: Tenant, list: ListName): string =>
  `${shortPrefix(tenant)}#${list}`;

/** The key of a list's book: its remembered counts. */
export const bookKey = (tenant: Tenant, list: ListName): Key => ({
  pk: `${prefix(tenant)}#BOOK#${list}`,
  sk: 'BOOK',
});

/** What the names of editions begin with since days have sheets. */
export const EDITION = '+';

/**
 * The key of a day in a book, or of a sheet of it; each new writing of it has another name, under
 * which a version of the store that knows no sheets does not find it.
 */
export function partOfBookKey(tenant: Tenant, list: ListName, name: string, edition: string): Key {
  const sk = edition.startsWith(EDITION) ? name + edition : `${name}#${edition}`;
  return { pk: bookKey(tenant, list).pk, sk };
}
