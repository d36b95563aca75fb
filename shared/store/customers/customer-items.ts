import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { goneAttributes } from '#store/core/deleted.ts';
import { item } from '#store/core/items.ts';
import { type Key, prefix } from '#store/core/keys.ts';
import { deleteVersion } from '#store/core/writes.ts';

const customerKey = (tenant: Tenant, externalId: string): Key => ({
  pk: `${prefix(tenant)}#CUSTOMER#${externalId}`,
  sk: 'CUSTOMER',
});

const tokenKey = (tenant: Tenant, digest: string): Key => ({
  pk: `${prefix(tenant)}#CUSTOMER_TOKEN#${digest}`,
  sk: 'CUSTOMER_TOKEN',
});

/** Deletes a customer without a version, or stands where none is; one that was made again stays. */
function deleteUnversioned(table: string, key: Key): TransactWriteItem {
  const Item = goneAttributes(key, 1);
  const ConditionExpression = 'attribute_not_exists(#version) OR attribute_not_exists(#schema)';
  const ExpressionAttributeNames = { '#version': 'version', '#schema': 'v' };
  return { Put: { TableName: table, Item, ConditionExpression, ExpressionAttributeNames } };
}

export const customers = {
  writes: {
    customer_deleted: (table, tenant, { customer, version }) => {
      const key = customerKey(tenant, customer);
      return [
        version === null ? deleteUnversioned(table, key) : deleteVersion(table, key, version),
      ];
    },
    customer_token: (table, tenant, { token }) => {
      const expiresAt = { N: String(token.expiresAt) };
      const Item = item(tokenKey(tenant, token.digest), token, { expiresAt });
      return [{ Put: { TableName: table, Item } }];
    },
  },
  facts: {
    customer: (tenant, { customer }) => {
      const key = customerKey(tenant, customer.externalId);
      const first = item(key, { ...customer, version: 1 }, { version: { N: '1' } });
      return [{ item: first, isExpected: true }];
    },
  },
  places: { customer: customerKey, customerToken: tokenKey },
} satisfies Aggregate;
