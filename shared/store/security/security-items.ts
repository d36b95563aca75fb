import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ListItem } from '#ledger/security/list-item.ts';
import type { Count } from '#ledger/security/security-store.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { item, keyOf, valuesIn } from '#store/core/items.ts';
import { type Key, prefix } from '#store/core/keys.ts';
import { readPartition } from '#store/core/query.ts';
import { putVersion } from '#store/core/writes.ts';
import { counterKey, matchKey, policyKey } from './security-keys.ts';
import { SecurityReader } from './security-reader.ts';

const itemKey = (tenant: Tenant, { list, item: uuid }: { list: Uuid; item: Uuid }): Key => ({
  pk: `${prefix(tenant)}#SECURITY_LIST#${list}`,
  sk: uuid,
});

export const security = {
  writes: {
    security_policy: (table, tenant, { policy }) => {
      const version = { N: String(policy.version) };
      return [putVersion(table, item(policyKey(tenant), policy, { version }), policy.version)];
    },
    list_item_added: (table, tenant, { list, item: added }) => [
      {
        Put: {
          TableName: table,
          Item: item(itemKey(tenant, { list, item: added.uuid }), added),
        },
      },
      membership(table, tenant, 'ADD', list, added),
    ],
    list_item_removed: (table, tenant, { list, item: removed }) => [
      {
        Delete: {
          TableName: table,
          Key: keyOf(itemKey(tenant, { list, item: removed.uuid })),
        },
      },
      membership(table, tenant, 'DELETE', list, removed),
    ],
    velocity_counted: (table, tenant, { count }) => [counting(table, tenant, count)],
  },
  places: { securityPolicy: policyKey, listItem: itemKey },
  reads: (client: DynamoDBClient, table: string) => {
    const reader = new SecurityReader(client, table);
    return {
      async listItems(tenant: Tenant, list: Uuid): Promise<ListItem[]> {
        const { pk } = itemKey(tenant, { list, item: '' });
        return valuesIn<ListItem>(await readPartition(client, table, pk));
      },
      security: reader.read.bind(reader),
    };
  },
} satisfies Aggregate;

/** Set operations need no reading before and never meet: lists are added side by side. */
function membership(
  table: string,
  tenant: Tenant,
  action: 'ADD' | 'DELETE',
  list: Uuid,
  { match }: ListItem,
): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: keyOf(matchKey(tenant, match)),
      UpdateExpression: `${action} #lists :list`,
      ExpressionAttributeNames: { '#lists': 'lists' },
      ExpressionAttributeValues: { ':list': { SS: [list] } },
    },
  };
}

function counting(table: string, tenant: Tenant, count: Count): TransactWriteItem {
  const { day, by, below, stale, expiresAt } = count;
  const names = stale.map((_, index) => `#stale${index}`);
  const remove = names.length === 0 ? '' : ` REMOVE ${names.join(', ')}`;
  return {
    Update: {
      TableName: table,
      Key: keyOf(counterKey(tenant, count.counter)),
      UpdateExpression: `SET #expiresAt = :expiresAt ADD #day :by${remove}`,
      ...(below === null
        ? {}
        : { ConditionExpression: 'attribute_not_exists(#day) OR #day < :below' }),
      ExpressionAttributeNames: {
        '#day': `d${day}`,
        '#expiresAt': 'expiresAt',
        ...Object.fromEntries(names.map((name, index) => [name, `d${stale[index]}`])),
      },
      ExpressionAttributeValues: {
        ':by': { N: String(by) },
        ':expiresAt': { N: String(expiresAt) },
        ...(below === null ? {} : { ':below': { N: String(below) } }),
      },
    },
  };
}
