import type { Card } from '#ledger/cards/card.ts';
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

/** The partition of the `lists` index that holds a customer's cards. */
const listKey = (tenant: Tenant, customer: string): string => `${prefix(tenant)}#CARDS#${customer}`;

function cardItem(tenant: Tenant, card: Card): Attributes {
  return item(cardKey(tenant, card.uuid), card, {
    version: { N: String(card.version) },
    listKey: { S: listKey(tenant, card.customer) },
    listSort: { S: `${card.createdAt}#${card.uuid}` },
  });
}

export const cards = {
  writes: {
    card: (table, tenant, { card }) => [putVersion(table, cardItem(tenant, card), card.version)],
    card_deleted: (table, tenant, { card }) => [
      deleteVersion(table, cardKey(tenant, card.uuid), card.version),
    ],
  },
  places: { card: cardKey },
  reads: (client, table) => ({
    async cardsOf(tenant: Tenant, customer: string): Promise<Card[]> {
      const items = query(client, {
        TableName: table,
        IndexName: INDEX.lists,
        KeyConditionExpression: 'listKey = :list',
        ExpressionAttributeValues: { ':list': { S: listKey(tenant, customer) } },
      });
      return valuesIn<Card>(await Array.fromAsync(items));
    },
    async cardOwners(tenant: Tenant, uuids: readonly Uuid[]): Promise<Map<Uuid, string>> {
      const keys = [...new Set(uuids)].map((uuid) => cardKey(tenant, uuid));
      const found = valuesIn<Card>([...(await batchGet(client, table, keys)).values()]);
      return new Map(found.map(({ uuid, customer }) => [uuid, customer]));
    },
  }),
} satisfies Aggregate;
