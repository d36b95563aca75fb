import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { type Key, prefix } from '#store/core/keys.ts';

/** Lists that are counted. */
export type ListName = 'TRANSACTIONS' | 'PAYMENTS' | 'ORDERS' | 'SUBSCRIPTIONS';

/** A row of a list, sorted by time. */
export const rowKey = (tenant: Tenant, list: ListName, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#${list}`,
  sk: id,
});

/** A counter of a month; all months of a list are one partition. */
export const monthCounterKey = (
  tenant: Tenant,
  list: ListName,
  month: string,
  shard: number | string,
): Key => ({
  pk: `${prefix(tenant)}#${list}#MONTHS`,
  sk: `${month}#${shard}`,
});

/** A counter of a day (`2026-11-20`) or of an hour (`2026-11-20T09`). */
export const counterKey = (
  tenant: Tenant,
  list: ListName,
  period: string,
  shard: number | string,
): Key => ({
  pk: `${prefix(tenant)}#${list}#${period}`,
  sk: String(shard),
});
