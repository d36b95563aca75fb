import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ObjectId, objectIdFloor } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Page } from '#ledger/orders/order-lists.ts';
import { valueIn } from '#store/core/items.ts';
import { query } from '#store/core/query.ts';
import { type Bucket, CounterReader, DAYS, MINUTES, type Span } from './counter-reader.ts';
import { type ListName, rowKey } from './list-keys.ts';

/** A page of a query ends at 1 MB anyway; more would only delay the first row. */
const MAX_ROWS_A_QUERY = 1000;

/** Later than every id that can be minted. */
const END_OF_TIME_MS = 0xffff_ffff * 1000;

/** An entry of a list: the id it is sorted by, and what the list keeps of it. */
export interface Row<T> {
  id: ObjectId;
  value: T;
}

/** Where a page begins: skip so many rows among those older than a time. */
interface Position {
  toMs: number;
  skip: number;
}

/**
 * A list of a merchant, newest first. Rows are one partition sorted by time; an offset is turned
 * into the minute it falls into by counters, so that a page at any depth, and the number of rows,
 * cost the same handful of reads.
 */
export class Timeline<T> {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #partition: string;
  readonly #counters: CounterReader;

  constructor(client: DynamoDBClient, table: string, tenant: Tenant, list: ListName) {
    this.#client = client;
    this.#table = table;
    this.#partition = rowKey(tenant, list, '').pk;
    this.#counters = new CounterReader(client, table, tenant, list);
  }

  /** Up to so many rows of a span, newest first, read as they are asked for. */
  rows(span: Span, most: number): AsyncGenerator<Row<T>> {
    return rowsOf<T>(this.#client, this.#table, this.#partition, span, most);
  }

  /** The rows of a page. */
  async page(page: Page): Promise<Row<T>[]> {
    const span = spanOf(page);
    if (isEmpty(span)) return [];
    if (page.offset === 0) return this.#from({ toMs: span.toMs, skip: 0 }, span, page.limit);
    const position = await this.#locate(await this.#counters.days(span), span, page.offset);
    return position === null ? [] : this.#from(position, span, page.limit);
  }

  /** The rows of a page, and how many rows its whole span has. */
  async countedPage(page: Page): Promise<{ rows: Row<T>[]; total: number }> {
    const span = spanOf(page);
    if (isEmpty(span)) return { rows: [], total: 0 };
    const days = this.#counters.days(span);
    const rows =
      page.offset === 0
        ? this.#from({ toMs: span.toMs, skip: 0 }, span, page.limit)
        : this.#locate(await days, span, page.offset).then((found) =>
            found === null ? [] : this.#from(found, span, page.limit),
          );
    const [found, total] = await Promise.all([
      rows,
      days.then((buckets) => this.#total(DAYS, buckets, span)),
    ]);
    return { rows: found, total };
  }

  async #from(position: Position, span: Span, limit: number): Promise<Row<T>[]> {
    if (limit === 0) return [];
    const rows = this.rows({ ...span, toMs: position.toMs }, position.skip + limit);
    return (await Array.fromAsync(rows)).slice(position.skip);
  }

  /** Adds up whole buckets; those at the edges of a span are looked into. */
  async #total(level: number, buckets: readonly Bucket[], span: Span): Promise<number> {
    const counts = buckets.map(async (bucket) => {
      if (isWithin(bucket, span) || level === MINUTES) return bucket.count;
      const parts = await this.#counters.parts(level + 1, bucket.period, span);
      return this.#total(level + 1, parts, span);
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** Where the row at an offset is, or null when the span has fewer rows. */
  #locate(days: readonly Bucket[], span: Span, offset: number): Promise<Position | null> {
    return this.#descend(DAYS, days, { ...span, skip: offset });
  }

  /** Passes over whole buckets as long as they fit into what is to be skipped. */
  async #descend(
    level: number,
    buckets: readonly Bucket[],
    search: Span & { skip: number },
  ): Promise<Position | null> {
    for (const bucket of buckets) {
      if (isWithin(bucket, search) && bucket.count <= search.skip) {
        search.skip -= bucket.count;
      } else if (level === MINUTES) {
        return { toMs: bucket.toMs, skip: search.skip };
      } else {
        const parts = await this.#counters.parts(level + 1, bucket.period, search);
        const found = await this.#descend(level + 1, parts, search);
        if (found !== null) return found;
      }
    }
    return null;
  }
}

/** Rows of a partition that is sorted by id, within a span, newest first. */
export async function* rowsOf<T>(
  client: DynamoDBClient,
  table: string,
  partition: string,
  { fromMs, toMs }: Span,
  most: number,
): AsyncGenerator<Row<T>> {
  const items = query(client, {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ':low': { S: objectIdFloor(fromMs) },
      ':high': { S: objectIdFloor(toMs) },
    },
    ScanIndexForward: false,
    Limit: Math.min(most, MAX_ROWS_A_QUERY),
  });
  let left = most;
  for await (const found of items) {
    const value = valueIn<T>(found);
    if (value !== null) yield { id: found.sk?.S ?? '', value };
    left -= 1;
    if (left === 0) return;
  }
}

/** The part of a window in which there can be ids. */
export function spanOf({ fromMs, toMs }: Pick<Page, 'fromMs' | 'toMs'>): Span {
  return {
    fromMs: Math.max(fromMs ?? 0, 0),
    toMs: Math.min(toMs ?? END_OF_TIME_MS, END_OF_TIME_MS),
  };
}

/** The engine takes a range that ends before it begins for an error. */
export function isEmpty({ fromMs, toMs }: Span): boolean {
  return fromMs >= toMs;
}

function isWithin(bucket: Span, span: Span): boolean {
  return bucket.fromMs >= span.fromMs && bucket.toMs <= span.toMs;
}
