import type { Tenant } from '#ledger/core/merchant.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { goneAttributes } from '#store/core/deleted.ts';
import { item } from '#store/core/items.ts';
import { type Key, prefix } from '#store/core/keys.ts';

const customerKey = (tenant: Tenant, externalId: string): Key => ({
  pk: `${prefix(tenant)}#CUSTOMER#${externalId}`,
  sk: 'CUSTOMER',
});

const tokenKey = (tenant: Tenant, digest: string): Key => ({
  pk: `${prefix(tenant)}#CUSTOMER_TOKEN#${digest}`,
  sk: 'CUSTOMER_TOKEN',
});

export const customers = {
  writes: {
    customer_deleted: (table, tenant, { customer }) => [
      { Put: { TableName: table, Item: goneAttributes(customerKey(tenant, customer)) } },
    ],
    customer_token: (table, tenant, { token }) => {
      const expiresAt = { N: String(token.expiresAt) };
      const Item = item(tokenKey(tenant, token.digest), token, { expiresAt });
      return [{ Put: { TableName: table, Item } }];
    },
  },
  facts: {
    customer: (tenant, { customer }) => [
      { item: item(customerKey(tenant, customer.externalId), customer), isExpected: true },
    ],
  },
  places: { customer: customerKey, customerToken: tokenKey },
} satisfies Aggregate;
