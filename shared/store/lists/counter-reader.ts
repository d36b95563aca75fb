import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Attributes } from '#store/core/items.ts';
import { query } from '#store/core/query.ts';
import { COUNTER_LEVELS, type CounterLevel, isBucket, periodOf } from './counters.ts';
import { counterKey, type ListName, monthCounterKey } from './list-keys.ts';

/** A stretch of time: the beginning inclusive, the end exclusive. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** A stretch of time and how many entries of a list it has. */
export interface Bucket extends Span {
  period: string;
  count: number;
}

/** Levels of counters, by what their buckets are. */
export const DAYS = 0;
export const MINUTES = 2;

/** Reads the counters of one list. */
export class CounterReader {
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

  /** The days of a span that have entries, newest first. */
  async days({ fromMs, toMs }: Span): Promise<Bucket[]> {
    const items = await this.#read({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': { S: monthCounterKey(this.#tenant, this.#list, '', '').pk },
        ':from': { S: monthCounterKey(this.#tenant, this.#list, monthOf(fromMs), '').sk },
        ':to': { S: monthCounterKey(this.#tenant, this.#list, monthOf(toMs), '~').sk },
      },
    });
    const days = bucketsOf(DAYS, items, (item) => item.sk?.S?.split('#')[0] ?? '');
    return days.filter((day) => day.fromMs < toMs && day.toMs > fromMs);
  }

  /** The hours of a day or the minutes of an hour that have entries in a span, newest first. */
  async parts(level: number, period: string, span: Span): Promise<Bucket[]> {
    const items = await this.#read({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: {
        ':pk': { S: counterKey(this.#tenant, this.#list, period, '').pk },
      },
    });
    const parts = bucketsOf(level, items, () => period);
    return parts.filter((part) => part.fromMs < span.toMs && part.toMs > span.fromMs);
  }

  #read(input: Omit<QueryCommandInput, 'TableName'>): Promise<Attributes[]> {
    return Array.fromAsync(query(this.#client, { ...input, TableName: this.#table }));
  }
}

/** Sums the shards of counter items into buckets, newest first. */
function bucketsOf(
  level: number,
  items: readonly Attributes[],
  periodOfItem: (item: Attributes) => string,
): Bucket[] {
  const buckets = new Map<string, Bucket>();
  const counter = levelAt(level);
  for (const item of items) {
    for (const [name, value] of Object.entries(item).filter(([key]) => isBucket(key))) {
      const { period, startMs } = periodOf(counter, periodOfItem(item), name);
      const count = (buckets.get(period)?.count ?? 0) + Number(value.N);
      buckets.set(period, { period, fromMs: startMs, toMs: startMs + counter.bucketMs, count });
    }
  }
  return [...buckets.values()].sort((one, other) => other.fromMs - one.fromMs);
}

function levelAt(index: number): CounterLevel {
  const level = COUNTER_LEVELS[index];
  if (level === undefined) throw new Error(`There is no counter level ${index}`);
  return level;
}

function monthOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 7);
}
