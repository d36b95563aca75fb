import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { objectIdFloor } from '../ledger/ids.ts';
import type { Tenant } from '../ledger/merchant.ts';
import type { TransactionEntry, Window } from '../ledger/store.ts';
import { COUNTER_LEVELS, type CounterLevel, isBucket, periodOf } from './counters.ts';
import { type Attributes, valueIn } from './items.ts';
import { counterKey, monthCounterKey, transactionKey } from './keys.ts';
import { query } from './query.ts';

/** A page of a query ends at 1 MB anyway; more would only delay the first row. */
const MOST_ROWS_A_QUERY = 1000;

/** Later than every id that can be minted. */
const END_OF_TIME_MS = 0xffff_ffff * 1000;

/**
 * A page of a merchant's transactions, newest first. Rows are one partition sorted by time; an
 * offset is turned into the minute it falls into by counters, so that a page at any depth reads
 * the same handful of items.
 */
export async function readTransactions(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  window: Window,
): Promise<TransactionEntry[]> {
  const list = new TransactionList(client, table, tenant);
  const span = spanOf(window);
  // The engine takes a range that ends before it begins for an error.
  if (span.fromMs >= span.toMs) return [];
  if (window.terminal !== null) return list.ofTerminal(span, window, window.terminal);
  const position = await list.locate(span, window.offset);
  if (position === null) return [];
  const rows = list.rows({ ...span, toMs: position.toMs }, position.skip + window.limit);
  return (await Array.fromAsync(rows)).slice(position.skip);
}

/** A stretch of time: the beginning inclusive, the end exclusive. */
interface Span {
  fromMs: number;
  toMs: number;
}

/** The part of a window in which there can be ids. */
function spanOf({ fromMs, toMs }: Window): Span {
  return {
    fromMs: Math.max(fromMs ?? 0, 0),
    toMs: Math.min(toMs ?? END_OF_TIME_MS, END_OF_TIME_MS),
  };
}

/** Where a page begins: skip so many rows among those older than a time. */
interface Position {
  toMs: number;
  skip: number;
}

class TransactionList {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #tenant: Tenant;

  constructor(client: DynamoDBClient, table: string, tenant: Tenant) {
    this.#client = client;
    this.#table = table;
    this.#tenant = tenant;
  }

  /** Up to so many rows of a span, newest first, read as they are asked for. */
  async *rows({ fromMs, toMs }: Span, most: number): AsyncGenerator<TransactionEntry> {
    const items = query(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
      ExpressionAttributeValues: {
        ':pk': { S: transactionKey(this.#tenant, '').pk },
        ':low': { S: objectIdFloor(fromMs) },
        ':high': { S: objectIdFloor(toMs) },
      },
      ScanIndexForward: false,
      Limit: Math.min(most, MOST_ROWS_A_QUERY),
    });
    let left = most;
    for await (const found of items) {
      const entry = valueIn<TransactionEntry>(found);
      if (entry !== null) yield entry;
      left -= 1;
      if (left === 0) return;
    }
  }

  /** Rows of one terminal: no index knows terminals, so the span is read through. */
  async ofTerminal(
    span: Span,
    { offset, limit }: Window,
    terminal: string,
  ): Promise<TransactionEntry[]> {
    const found: TransactionEntry[] = [];
    let skip = offset;
    for await (const entry of this.rows(span, Number.MAX_SAFE_INTEGER)) {
      if (entry.order.service.terminal !== terminal) continue;
      if (skip > 0) skip -= 1;
      else found.push(entry);
      if (found.length === limit) break;
    }
    return found;
  }

  /** Where the row at an offset is, or null when the span has fewer rows. */
  async locate(span: Span, offset: number): Promise<Position | null> {
    const { fromMs, toMs } = span;
    if (offset === 0) return { toMs, skip: 0 };
    const months = await this.#counters({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': { S: monthCounterKey(this.#tenant, '', '').pk },
        ':from': { S: monthCounterKey(this.#tenant, monthOf(fromMs), '').sk },
        ':to': { S: monthCounterKey(this.#tenant, monthOf(toMs), '~').sk },
      },
    });
    const days = bucketsOf(DAYS, months, (item) => item.sk?.S?.split('#')[0] ?? '');
    return this.#descend(DAYS, days, { ...span, skip: offset });
  }

  /** Passes over whole buckets as long as they fit into what is to be skipped. */
  async #descend(level: number, buckets: Bucket[], search: Search): Promise<Position | null> {
    const size = levelAt(level).bucketMs;
    for (const { period, startMs, count } of buckets) {
      if (startMs >= search.toMs || startMs + size <= search.fromMs) continue;
      const isWhole = startMs >= search.fromMs && startMs + size <= search.toMs;
      if (isWhole && count <= search.skip) {
        search.skip -= count;
      } else if (level === MINUTES) {
        return { toMs: startMs + size, skip: search.skip };
      } else {
        const found = await this.#descend(level + 1, await this.#parts(level + 1, period), search);
        if (found !== null) return found;
      }
    }
    return null;
  }

  /** The hours of a day or the minutes of an hour that have transactions, newest first. */
  async #parts(level: number, period: string): Promise<Bucket[]> {
    const items = await this.#counters({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: counterKey(this.#tenant, period, '').pk } },
    });
    return bucketsOf(level, items, () => period);
  }

  #counters(input: Omit<QueryCommandInput, 'TableName'>): Promise<Attributes[]> {
    return Array.fromAsync(query(this.#client, { ...input, TableName: this.#table }));
  }
}

/** What is looked for: a row of a span, so many rows from its newest. */
interface Search extends Span {
  skip: number;
}

/** A stretch of time and how many transactions it has. */
interface Bucket {
  period: string;
  startMs: number;
  count: number;
}

/** Sums the shards of counter items into buckets, newest first. */
function bucketsOf(
  level: number,
  items: readonly Attributes[],
  periodOfItem: (item: Attributes) => string,
): Bucket[] {
  const buckets = new Map<string, Bucket>();
  for (const item of items) {
    for (const [name, value] of Object.entries(item).filter(([key]) => isBucket(key))) {
      const { period, startMs } = periodOf(levelAt(level), periodOfItem(item), name);
      const count = (buckets.get(period)?.count ?? 0) + Number(value.N);
      buckets.set(period, { period, startMs, count });
    }
  }
  return [...buckets.values()].sort((one, other) => other.startMs - one.startMs);
}

/** Levels of counters, by what their buckets are. */
const DAYS = 0;
const MINUTES = 2;

function levelAt(index: number): CounterLevel {
  const level = COUNTER_LEVELS[index];
  if (level === undefined) throw new Error(`There is no counter level ${index}`);
  return level;
}

function monthOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 7);
}
