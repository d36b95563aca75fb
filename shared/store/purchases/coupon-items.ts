import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ObjectId, OrderUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Coupon } from '#ledger/purchases/coupon.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { type Attributes, item, keyOf, valueIn } from '#store/core/items.ts';
import { COUNTER_SHARDS, type Key, prefix } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';
import { deleteVersion, putVersion } from '#store/core/writes.ts';

/** Coupons are one partition: they are few, and listed as a whole. */
const couponKey = (tenant: Tenant, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#COUPONS`,
  sk: id,
});

/** How often a coupon was used, an item per shard. */
const couponUsesKey = (tenant: Tenant, id: ObjectId, shard: number): Key => ({
  pk: `${prefix(tenant)}#COUPON_USES`,
  sk: `${id}#${shard}`,
});

/** A coupon as it is stored: how often it was used is counted beside it. */
type StoredCoupon = Omit<Coupon, 'usageCount'>;

function couponWrite(table: string, tenant: Tenant, coupon: Coupon): TransactWriteItem {
  const { usageCount: _counted, ...stored } = coupon;
  const { id, version } = coupon;
  const attributes = item(couponKey(tenant, id), stored satisfies StoredCoupon, {
    version: { N: String(version) },
  });
  return putVersion(table, attributes, version);
}

/** Deletes a coupon with its counters. */
function couponDeletion(
  table: string,
  tenant: Tenant,
  { id, version }: Coupon,
): TransactWriteItem[] {
  const counters = usesKeys(tenant, id).map((key) => ({
    Delete: { TableName: table, Key: keyOf(key) },
  }));
  return [deleteVersion(table, couponKey(tenant, id), version), ...counters];
}

/**
 * Counts a use. Counters are apart from the coupon and spread over shards, so that the orders of a
 * purchase that use one coupon at the same time do not stand in each other's way.
 */
function couponUse(
  table: string,
  tenant: Tenant,
  coupon: ObjectId,
  order: OrderUuid,
): TransactWriteItem {
  const shard = Number.parseInt(order.slice(-2), 16) % COUNTER_SHARDS;
  return {
    Update: {
      TableName: table,
      Key: keyOf(couponUsesKey(tenant, coupon, shard)),
      UpdateExpression: 'ADD #uses :one',
      ExpressionAttributeNames: { '#uses': 'uses' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  };
}

/** A coupon with its uses, in one round trip. */
async function readCoupon(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  id: ObjectId,
): Promise<Coupon | null> {
  const key = couponKey(tenant, id);
  const counters = usesKeys(tenant, id);
  const items = await batchGet(client, table, [key, ...counters]);
  const stored = valueIn<StoredCoupon>(items.get(nameOf(key)));
  if (stored === null) return null;
  const uses = counters.map((counter) => usesIn(items.get(nameOf(counter))));
  return { ...stored, usageCount: uses.reduce((sum, count) => sum + count, 0) };
}

/** All coupons with their uses, newest first: two partitions. */
async function readCoupons(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
): Promise<Coupon[]> {
  const partitionOf = ({ pk }: Key): Promise<Attributes[]> =>
    Array.fromAsync(
      query(client, {
        TableName: table,
        ConsistentRead: true,
        ScanIndexForward: false,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      }),
    );
  const [coupons, counters] = await Promise.all([
    partitionOf(couponKey(tenant, '')),
    partitionOf(couponUsesKey(tenant, '', 0)),
  ]);
  const uses = new Map<string, number>();
  for (const counter of counters) {
    const [id = ''] = (counter.sk?.S ?? '').split('#');
    uses.set(id, (uses.get(id) ?? 0) + usesIn(counter));
  }
  return coupons
    .map((one) => valueIn<StoredCoupon>(one))
    .filter((stored) => stored !== null)
    .map((stored) => ({ ...stored, usageCount: uses.get(stored.id) ?? 0 }));
}

function usesKeys(tenant: Tenant, id: ObjectId): Key[] {
  return Array.from({ length: COUNTER_SHARDS }, (_, shard) => couponUsesKey(tenant, id, shard));
}

function usesIn(counter: Attributes | undefined): number {
  return Number(counter?.uses?.N ?? 0);
}

export const coupons = {
  writes: {
    coupon: (table, tenant, { coupon }) => [couponWrite(table, tenant, coupon)],
    coupon_deleted: (table, tenant, { coupon }) => couponDeletion(table, tenant, coupon),
    coupon_used: (table, tenant, { coupon, order }) => [couponUse(table, tenant, coupon, order)],
  },
  reads: (client, table) => ({
    coupon: (tenant: Tenant, id: ObjectId): Promise<Coupon | null> =>
      readCoupon(client, table, tenant, id),
    coupons: (tenant: Tenant): Promise<Coupon[]> => readCoupons(client, table, tenant),
  }),
} satisfies Aggregate;
