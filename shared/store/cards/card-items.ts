import { type Card, isOffered } from '#ledger/cards/card.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { batchGet } from '#store/core/batch.ts';
import { type Attributes, item, valuesIn } from '#store/core/items.ts';
import { INDEX, type Key, prefix } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';
import { deleteVersion, putVersion } from '#store/core/writes.ts';

const cardKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#CARD#${uuid}`,
  sk: 'CARD',
});

/**
 * The partitions of the `lists` index that hold a customer's cards: `CARDS` those that a page may
 * offer, `ENTRIES` the others, so that no page reads through them. Earlier versions had all cards
 * in the first.
 */
const SHELVES = ['CARDS', 'ENTRIES'] as const;

const listKey = (tenant: Tenant, shelf: (typeof SHELVES)[number], customer: string): string =>
  `${prefix(tenant)}#${shelf}#${customer}`;

function cardItem(tenant: Tenant, card: Card): Attributes {
  return item(cardKey(tenant, card.uuid), card, {
    version: { N: String(card.version) },
    listKey: { S: listKey(tenant, isOffered(card) ? 'CARDS' : 'ENTRIES', card.customer) },
    listSort: { S: sortOf(card) },
  });
}

/** As many as there are. */
const MOST = Number.MAX_SAFE_INTEGER;

/** More than DynamoDB answers at once. */
const MOST_AT_ONCE = 10_000;

const sortOf = ({ createdAt, uuid }: Card): string => `${createdAt}#${uuid}`;

export const cards = {
  writes: {
    card: (table, tenant, { card }) => [putVersion(table, cardItem(tenant, card), card.version)],
    card_deleted: (table, tenant, { card }) => [
      deleteVersion(table, cardKey(tenant, card.uuid), card.version),
    ],
  },
  places: { card: cardKey },
  reads: (client, table) => {
    const newest = async (key: string, most: number): Promise<Attributes[]> => {
      const found = query(client, {
        TableName: table,
        IndexName: INDEX.lists,
        KeyConditionExpression: 'listKey = :list',
        ExpressionAttributeValues: { ':list': { S: key } },
        ScanIndexForward: false,
        Limit: Math.min(most, MOST_AT_ONCE),
      });
      const items: Attributes[] = [];
      for await (const one of found) {
        items.push(one);
        if (items.length === most) break;
      }
      return items;
    };
    return {
      async cardsOf(tenant: Tenant, customer: string, most = MOST): Promise<Card[]> {
        const shelves = SHELVES.map((shelf) => newest(listKey(tenant, shelf, customer), most));
        const items = (await Promise.all(shelves)).flat();
        const found = new Map(valuesIn<Card>(items).map((card) => [sortOf(card), card]));
        const sorted = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
        return sorted.slice(-most).map(([, card]) => card);
      },
      async savedCards(tenant: Tenant, customer: string, most: number): Promise<Card[]> {
        const items = await newest(listKey(tenant, 'CARDS', customer), most);
        return valuesIn<Card>(items).filter(isOffered);
      },
      async cardOwners(tenant: Tenant, uuids: readonly Uuid[]): Promise<Map<Uuid, string>> {
        const keys = [...new Set(uuids)].map((uuid) => cardKey(tenant, uuid));
        const found = valuesIn<Card>([...(await batchGet(client, table, keys)).values()]);
        return new Map(found.map(({ uuid, customer }) => [uuid, customer]));
      },
    };
  },
} satisfies Aggregate;
