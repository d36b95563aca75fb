import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Plan, Product } from '#ledger/plans/plan.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { goneAttributes } from '#store/core/deleted.ts';
import { type Attributes, item, valuesIn } from '#store/core/items.ts';
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

const productItem = (tenant: Tenant, product: Product): Attributes =>
  item(productKey(tenant, product.externalId), product, {
    id: { S: product.id },
    changes: { N: String(product.changes ?? 0) },
  });

const planItem = (tenant: Tenant, plan: Plan): Attributes =>
  item(planKey(tenant, plan.externalId), plan, { id: { S: plan.id } });

/** What is written if there is none yet. */
const create = (table: string, attributes: Attributes) => putVersion(table, attributes, 1);

/**
 * Writes in the place of a product or plan, if it is still that and not another one of its name.
 * Earlier versions did not write beside the value which one it is.
 */
function replace(table: string, id: ObjectId, attributes: Attributes): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: attributes,
      ConditionExpression:
        '#id = :id OR (attribute_exists(pk) AND attribute_not_exists(#id) AND attribute_not_exists(gone))',
      ExpressionAttributeNames: { '#id': 'id' },
      ExpressionAttributeValues: { ':id': { S: id } },
    },
  };
}

/** The same, of a product that nobody has changed since. Earlier versions did not count changes. */
function change(table: string, tenant: Tenant, product: Product): TransactWriteItem {
  const { Put } = replace(table, product.id, productItem(tenant, product));
  if (Put === undefined) throw new Error('A product is put');
  const before = (product.changes ?? 0) - 1;
  const isUnchanged = `#changes = :before${before === 0 ? ' OR attribute_not_exists(#changes)' : ''}`;
  return {
    Put: {
      ...Put,
      ConditionExpression: `(${Put.ConditionExpression}) AND (${isUnchanged})`,
      ExpressionAttributeNames: { ...Put.ExpressionAttributeNames, '#changes': 'changes' },
      ExpressionAttributeValues: {
        ...Put.ExpressionAttributeValues,
        ':before': { N: String(before) },
      },
    },
  };
}

function oldestFirst<T extends { id: string }>(all: T[]): T[] {
  return all.sort((one, other) => (one.id < other.id ? -1 : 1));
}

export const plans = {
  writes: {
    company: (table, tenant, { company }) => [create(table, item(companyKey(tenant), company))],
    product: (table, tenant, { product }) => [create(table, productItem(tenant, product))],
    product_changed: (table, tenant, { product }) => [change(table, tenant, product)],
    product_deleted: (table, tenant, { product: { id, externalId } }) => [
      replace(table, id, goneAttributes(productKey(tenant, externalId))),
    ],
    plan: (table, tenant, { plan }) => [create(table, planItem(tenant, plan))],
    plan_deleted: (table, tenant, { plan: { id, externalId } }) => [
      replace(table, id, goneAttributes(planKey(tenant, externalId))),
    ],
  },
  remakes: ['product', 'plan'],
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
