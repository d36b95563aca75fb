import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Plan, Product } from '#ledger/plans/plan.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { type Attributes, item, keyOf, valuesIn } from '#store/core/items.ts';
import { type Key, prefix } from '#store/core/keys.ts';
import { readPartition } from '#store/core/query.ts';
import { putVersion } from '#store/core/writes.ts';

const companyKey = (tenant: Tenant): Key => ({
  pk: `${prefix(tenant)}#SUBSCRIPTION_COMPANY`,
  sk: 'COMPANY',
});

/** Products and plans are a partition each: they are few, and listed as a whole. */
const productKey = (tenant: Tenant, externalId: string): Key => ({
  pk: `${prefix(tenant)}#SUBSCRIPTION_PRODUCTS`,
  sk: externalId,
});

const planKey = (tenant: Tenant, externalId: string): Key => ({
  pk: `${prefix(tenant)}#SUBSCRIPTION_PLANS`,
  sk: externalId,
});

/** What is written if there is none yet. */
const create = (table: string, attributes: Attributes) => putVersion(table, attributes, 1);

function remove(table: string, key: Key): TransactWriteItem {
  const ConditionExpression = 'attribute_exists(pk)';
  return { Delete: { TableName: table, Key: keyOf(key), ConditionExpression } };
}

function replace(table: string, attributes: Attributes): TransactWriteItem {
  const ConditionExpression = 'attribute_exists(pk)';
  return { Put: { TableName: table, Item: attributes, ConditionExpression } };
}

function oldestFirst<T extends { id: string }>(all: T[]): T[] {
  return all.sort((one, other) => (one.id < other.id ? -1 : 1));
}

export const plans = {
  writes: {
    company: (table, tenant, { company }) => [create(table, item(companyKey(tenant), company))],
    product: (table, tenant, { product }) => [
      create(table, item(productKey(tenant, product.externalId), product)),
    ],
    product_changed: (table, tenant, { product }) => [
      replace(table, item(productKey(tenant, product.externalId), product)),
    ],
    product_deleted: (table, tenant, { externalId }) => [
      remove(table, productKey(tenant, externalId)),
    ],
    plan: (table, tenant, { plan }) => [
      create(table, item(planKey(tenant, plan.externalId), plan)),
    ],
    plan_deleted: (table, tenant, { externalId }) => [remove(table, planKey(tenant, externalId))],
  },
  places: { company: companyKey, product: productKey, plan: planKey },
  reads: (client, table) => ({
    async products(tenant: Tenant): Promise<Product[]> {
      return oldestFirst(valuesIn(await readPartition(client, table, productKey(tenant, '').pk)));
    },
    async plans(tenant: Tenant): Promise<Plan[]> {
      return oldestFirst(valuesIn(await readPartition(client, table, planKey(tenant, '').pk)));
    },
  }),
} satisfies Aggregate;
