import type {
  DynamoDBClient,
  QueryCommandInput,
  TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '../ledger/ids.ts';
import type { Tenant } from '../ledger/merchant.ts';
import { type Attributes, keyOf } from './items.ts';
import { COUNTER_SHARDS, dayCounterKey, hourCounterKey, type Key, type ListName } from './keys.ts';
import { query } from './query.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** A stretch of time and how many entries of a list it has. */
export interface Bucket {
  startMs: number;
  count: number;
}

/**
 * Counts an entry: in the hours of its day and in the minutes of its hour. Counters are spread over
 * shards, because two transactions that touch one item at the same time cancel each other.
 */
export function countWrites(
  table: string,
  tenant: Tenant,
  list: ListName,
  id: ObjectId,
): TransactWriteItem[] {
  const time = new Date(Number.parseInt(id.slice(0, 8), 16) * 1000).toISOString();
  const shard = Number.parseInt(id.slice(-2), 16) % COUNTER_SHARDS;
  const day = dayCounterKey(tenant, list, time.slice(0, 10), shard);
  const hour = hourCounterKey(tenant, list, time.slice(0, 13), shard);
  return [add(table, day, `h${time.slice(11, 13)}`), add(table, hour, `m${time.slice(14, 16)}`)];
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

/** Reads the counters of one list. */
export class Counters {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #tenant: Tenant;
  readonly #list: ListName;

  constructor(client: DynamoDBClient, table: string, tenant: Tenant, list: ListName) {
    this.#client = client;
    this.#table = table;
    this.#tenant = tenant;
    this.#list = list;
  }

  /** Hours that overlap a window and have entries, newest first. */
  async hours(fromMs: number, toMs: number): Promise<Bucket[]> {
    const items = await this.#read({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': { S: dayCounterKey(this.#tenant, this.#list, '', '').pk },
        ':from': { S: dayOf(fromMs) },
        ':to': { S: `${dayOf(toMs)}#~` },
      },
    });
    return merge(items, (item, hour) =>
      Date.parse(`${item.sk?.S?.slice(0, 10)}T${hour}:00Z`),
    ).filter((hour) => hour.startMs < toMs && hour.startMs + HOUR_MS > fromMs);
  }

  /** Minutes of an hour that lie in a window and have entries, newest first. */
  async minutes(hourMs: number, fromMs: number, toMs: number): Promise<Bucket[]> {
    const hour = new Date(hourMs).toISOString().slice(0, 13);
    const items = await this.#read({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: {
        ':pk': { S: hourCounterKey(this.#tenant, this.#list, hour, 0).pk },
      },
    });
    return merge(items, (_, minute) => Date.parse(`${hour}:${minute}Z`)).filter(
      ({ startMs }) => startMs >= fromMs && startMs < toMs,
    );
  }

  #read(input: Omit<QueryCommandInput, 'TableName'>): Promise<Attributes[]> {
    return Array.fromAsync(query(this.#client, { ...input, TableName: this.#table }));
  }
}

/** Sums the shards of counter items into buckets, newest first. */
function merge(
  items: readonly Attributes[],
  startOf: (item: Attributes, bucket: string) => number,
): Bucket[] {
  const counts = new Map<number, number>();
  for (const item of items) {
    for (const [name, value] of Object.entries(item)) {
      if (value.N === undefined) continue;
      const startMs = startOf(item, name.slice(1));
      counts.set(startMs, (counts.get(startMs) ?? 0) + Number(value.N));
    }
  }
  return [...counts]
    .map(([startMs, count]) => ({ startMs, count }))
    .sort((one, other) => other.startMs - one.startMs);
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
