import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { objectIdFloor } from '../ledger/ids.ts';
import type { Tenant } from '../ledger/merchant.ts';
import type { TransactionEntry, Window } from '../ledger/store.ts';
import { type Attributes, valueIn } from './items.ts';
import { dayCounterKey, hourCounterKey, transactionKey } from './keys.ts';
import { query } from './query.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A page of a query ends at 1 MB anyway; more would only delay the first row. */
const MOST_ROWS_A_QUERY = 1000;

/** Later than every id that can be minted. */
const END_OF_TIME_MS = 0xffff_ffff * 1000;

/**
 * A page of a merchant's transactions, newest first. Rows are one partition sorted by time; an
 * offset is turned into the minute it falls into by counters (days with hours, hours with
 * minutes), so that a page at any depth reads the same handful of items.
 */
export async function readTransactions(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  window: Window,
): Promise<TransactionEntry[]> {
  const list = new TransactionList(client, table, tenant);
  if (window.terminal !== null) return list.ofTerminal(window, window.terminal);
  const position = await list.locate(window);
  if (position === null) return [];
  const rows = list.rows(window.fromMs, position.toMs, position.skip + window.limit);
  return (await Array.fromAsync(rows)).slice(position.skip);
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

  /** Up to so many rows of a window, newest first, read as they are asked for. */
  async *rows(
    fromMs: number | null,
    toMs: number | null,
    most: number,
  ): AsyncGenerator<TransactionEntry> {
    const items = query(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
      ExpressionAttributeValues: {
        ':pk': { S: transactionKey(this.#tenant, '').pk },
        ':low': { S: objectIdFloor(fromMs ?? 0) },
        ':high': { S: objectIdFloor(toMs ?? END_OF_TIME_MS) },
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

  /** Rows of one terminal: no index knows terminals, so the window is read through. */
  async ofTerminal(window: Window, terminal: string): Promise<TransactionEntry[]> {
    const found: TransactionEntry[] = [];
    let skip = window.offset;
    for await (const entry of this.rows(window.fromMs, window.toMs, Number.MAX_SAFE_INTEGER)) {
      if (entry.order.service.terminal !== terminal) continue;
      if (skip > 0) skip -= 1;
      else found.push(entry);
      if (found.length === window.limit) break;
    }
    return found;
  }

  /** Where the row at an offset is, or null when the window has fewer rows. */
  async locate(window: Window): Promise<Position | null> {
    const toMs = window.toMs ?? END_OF_TIME_MS;
    const fromMs = window.fromMs ?? 0;
    if (window.offset === 0) return { toMs, skip: 0 };
    let skip = window.offset;
    for (const hour of await this.#hours(fromMs, toMs)) {
      const isWhole = hour.startMs >= fromMs && hour.startMs + HOUR_MS <= toMs;
      if (isWhole && hour.count <= skip) {
        skip -= hour.count;
        continue;
      }
      for (const minute of await this.#minutes(hour.startMs)) {
        if (minute.startMs >= toMs || minute.startMs < fromMs) continue;
        if (minute.count > skip) return { toMs: minute.startMs + MINUTE_MS, skip };
        skip -= minute.count;
      }
    }
    return null;
  }

  /** Hours of a window that have transactions, newest first. */
  async #hours(fromMs: number, toMs: number): Promise<Bucket[]> {
    const items = await this.#counters({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': { S: dayCounterKey(this.#tenant, '', '').pk },
        ':from': { S: dayCounterKey(this.#tenant, dayOf(fromMs), '').sk },
        ':to': { S: dayCounterKey(this.#tenant, dayOf(toMs), '~').sk },
      },
    });
    return merge(items, (item, hour) =>
      Date.parse(`${item.sk?.S?.slice(0, 10)}T${hour}:00Z`),
    ).filter((hour) => hour.startMs < toMs && hour.startMs + HOUR_MS > fromMs);
  }

  /** Minutes of an hour that have transactions, newest first. */
  async #minutes(hourMs: number): Promise<Bucket[]> {
    const hour = new Date(hourMs).toISOString().slice(0, 13);
    const items = await this.#counters({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: hourCounterKey(this.#tenant, hour, 0).pk } },
    });
    return merge(items, (_, minute) => Date.parse(`${hour}:${minute}Z`));
  }

  #counters(input: Omit<QueryCommandInput, 'TableName'>): Promise<Attributes[]> {
    return Array.fromAsync(query(this.#client, { ...input, TableName: this.#table }));
  }
}

/** A stretch of time and how many transactions it has. */
interface Bucket {
  startMs: number;
  count: number;
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
