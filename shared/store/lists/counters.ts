import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { keyOf } from '#store/core/items.ts';
import { COUNTER_SHARDS, type Key } from '#store/core/keys.ts';
import { counterKey, type ListName, monthCounterKey } from './list-keys.ts';

/**
 * Counters of a list: an item for each month counts its days, one for each day its hours, one for
 * each hour its minutes. Going down the levels finds the minute of any offset in three reads.
 */
export const COUNTER_LEVELS = [
  { name: 'month', prefix: 7, separator: '-', bucketMs: 24 * 3_600_000 },
  { name: 'day', prefix: 10, separator: 'T', bucketMs: 3_600_000 },
  { name: 'hour', prefix: 13, separator: ':', bucketMs: 60_000 },
] as const;

export type CounterLevel = (typeof COUNTER_LEVELS)[number];

/** What counts a moment (ISO 8601 UTC) at a level: `2026-11-20` and its bucket `n09`. */
export function counterOf(level: CounterLevel, time: string): { period: string; bucket: string } {
  const digits = time.slice(level.prefix + 1, level.prefix + 3);
  return { period: time.slice(0, level.prefix), bucket: BUCKET + digits };
}

/** The period that a bucket stands for, as the next level names it, and when it begins. */
export function periodOf(
  level: CounterLevel,
  period: string,
  bucket: string,
): { period: string; startMs: number } {
  const name = period + level.separator + bucket.slice(BUCKET.length);
  return { period: name, startMs: Date.parse(name + '0000-01-01T00:00Z'.slice(name.length)) };
}

export function isBucket(attribute: string): boolean {
  return /^n\d\d$/.test(attribute);
}

const BUCKET = 'n';

/**
 * Counts an entry of a list at every level. Counters are spread over shards, because two
 * transactions that touch one item at the same time cancel each other.
 */
export function countWrites(
  table: string,
  tenant: Tenant,
  list: ListName,
  id: ObjectId,
): TransactWriteItem[] {
  const time = new Date(Number.parseInt(id.slice(0, 8), 16) * 1000).toISOString();
  const shard = Number.parseInt(id.slice(-2), 16) % COUNTER_SHARDS;
  return COUNTER_LEVELS.map((level) => {
    const { period, bucket } = counterOf(level, time);
    const key = level.name === 'month' ? monthCounterKey : counterKey;
    return add(table, key(tenant, list, period, shard), bucket);
  });
}

function add(table: string, key: Key, bucket: string): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: keyOf(key),
      UpdateExpression: 'ADD #bucket :one',
      ExpressionAttributeNames: { '#bucket': bucket },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  };
}
