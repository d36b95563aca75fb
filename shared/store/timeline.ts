import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ObjectId, objectIdFloor } from '../ledger/ids.ts';
import type { Page } from '../ledger/lists.ts';
import type { Tenant } from '../ledger/merchant.ts';
import { type Bucket, Counters, HOUR_MS, MINUTE_MS } from './counters.ts';
import { valueIn } from './items.ts';
import { type ListName, rowKey } from './keys.ts';
import { query } from './query.ts';

/** A page of a query ends at 1 MB anyway; more would only delay the first row. */
const MOST_ROWS_A_QUERY = 1000;

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
 * into the minute it falls into by counters (days with hours, hours with minutes), so that a page
 * at any depth, and the number of rows, cost the same handful of reads.
 */
export class Timeline<T> {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #partition: string;
  readonly #counters: Counters;

  constructor(client: DynamoDBClient, table: string, tenant: Tenant, list: ListName) {
    this.#client = client;
    this.#table = table;
    this.#partition = rowKey(tenant, list, '').pk;
    this.#counters = new Counters(client, table, tenant, list);
  }

  /** Up to so many rows of a window, newest first, read as they are asked for. */
  rows(fromMs: number | null, toMs: number | null, most: number): AsyncGenerator<Row<T>> {
    return rowsOf<T>(this.#client, this.#table, this.#partition, fromMs, toMs, most);
  }

  /** The rows of a page. */
  async page(page: Page): Promise<Row<T>[]> {
    const position =
      page.offset === 0 ? { toMs: page.toMs, skip: 0 } : await this.#locate(page, null);
    return position === null ? [] : this.#from(position, page);
  }

  /** The rows of a page, and how many rows its whole window has. */
  async countedPage(page: Page): Promise<{ rows: Row<T>[]; total: number }> {
    const { fromMs, toMs } = boundsOf(page);
    const hours = this.#counters.hours(fromMs, toMs);
    const rows =
      page.offset === 0
        ? this.#from({ toMs: page.toMs, skip: 0 }, page)
        : this.#locate(page, await hours).then((found) =>
            found === null ? [] : this.#from(found, page),
          );
    const total = this.#total(await hours, fromMs, toMs);
    return { rows: await rows, total: await total };
  }

  async #from(position: { toMs: number | null; skip: number }, page: Page): Promise<Row<T>[]> {
    if (page.limit === 0) return [];
    const rows = this.rows(page.fromMs, position.toMs, position.skip + page.limit);
    return (await Array.fromAsync(rows)).slice(position.skip);
  }

  async #total(hours: readonly Bucket[], fromMs: number, toMs: number): Promise<number> {
    const counts = hours.map(async (hour) => {
      if (isWithin(hour, fromMs, toMs)) return hour.count;
      const minutes = await this.#counters.minutes(hour.startMs, fromMs, toMs);
      return minutes.reduce((sum, minute) => sum + minute.count, 0);
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** Where the row at an offset is, or null when the window has fewer rows. */
  async #locate(page: Page, known: readonly Bucket[] | null): Promise<Position | null> {
    const { fromMs, toMs } = boundsOf(page);
    let skip = page.offset;
    for (const hour of known ?? (await this.#counters.hours(fromMs, toMs))) {
      if (isWithin(hour, fromMs, toMs) && hour.count <= skip) {
        skip -= hour.count;
        continue;
      }
      for (const minute of await this.#counters.minutes(hour.startMs, fromMs, toMs)) {
        if (minute.count > skip) return { toMs: minute.startMs + MINUTE_MS, skip };
        skip -= minute.count;
      }
    }
    return null;
  }
}

/** Rows of a partition that is sorted by id, within a window, newest first. */
export async function* rowsOf<T>(
  client: DynamoDBClient,
  table: string,
  partition: string,
  fromMs: number | null,
  toMs: number | null,
  most: number,
): AsyncGenerator<Row<T>> {
  const items = query(client, {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ':low': { S: objectIdFloor(fromMs ?? 0) },
      ':high': { S: objectIdFloor(toMs ?? END_OF_TIME_MS) },
    },
    ScanIndexForward: false,
    Limit: Math.min(most, MOST_ROWS_A_QUERY),
  });
  let left = most;
  for await (const found of items) {
    const value = valueIn<T>(found);
    if (value !== null) yield { id: found.sk?.S ?? '', value };
    left -= 1;
    if (left === 0) return;
  }
}

function boundsOf({ fromMs, toMs }: Page): { fromMs: number; toMs: number } {
  return { fromMs: fromMs ?? 0, toMs: toMs ?? END_OF_TIME_MS };
}

function isWithin({ startMs }: Bucket, fromMs: number, toMs: number): boolean {
  return startMs >= fromMs && startMs + HOUR_MS <= toMs;
}
