import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ObjectId, objectIdFloor } from '#ledger/core/ids.ts';
import type { Page } from '#ledger/orders/order-lists.ts';
import { valueIn } from '#store/core/items.ts';
import { INDEX } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';

/** A page of a query ends at 1 MB anyway; more would only delay the first row. */
export const MAX_ROWS_A_QUERY = 1000;

/** Later than every id that can be minted. */
const END_OF_TIME_MS = 0xffff_ffff * 1000;

/** A stretch of time: the beginning inclusive, the end exclusive. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** An entry of a list: the id it is sorted by, and what the list keeps of it. */
export interface Row<T> {
  id: ObjectId;
  value: T;
}

/** Where the rows of a list are. */
export interface Source<T> {
  /** The partitions that hold the entries of some parts. */
  partitionsOf(parts: readonly string[]): string[];
  /**
   * Up to so many rows of a partition within a span, newest first. Of `expected` ones that many are
   * asked for at once, because DynamoDB charges for what it looks at.
   */
  rows(partition: string, span: Span, most: number, expected?: number): AsyncIterable<Row<T>>;
}

/** Rows of the table, or of its index `lists`, in a partition and span, newest first. */
export async function* rowsOf<T>(
  client: DynamoDBClient,
  table: string,
  index: 'lists' | null,
  ...[partition, { fromMs, toMs }, most, expected = most]: Parameters<Source<T>['rows']>
): AsyncGenerator<Row<T>> {
  const [pk, sk] = index === null ? ['pk', 'sk'] : ['listKey', 'listSort'];
  const items = query(client, {
    TableName: table,
    ...(index === null ? {} : { IndexName: INDEX[index] }),
    KeyConditionExpression: `${pk} = :pk AND ${sk} BETWEEN :low AND :high`,
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ':low': { S: objectIdFloor(fromMs) },
      ':high': { S: objectIdFloor(toMs) },
    },
    ScanIndexForward: false,
    Limit: Math.min(expected, MAX_ROWS_A_QUERY),
  });
  let left = most;
  for await (const found of items) {
    const value = valueIn<T>(found);
    if (value !== null) yield { id: found[sk]?.S ?? '', value };
    left -= 1;
    if (left === 0) return;
  }
}

/** The rows of several partitions as those of one, newest first. */
export async function* newestOf<T>(partitions: AsyncIterable<Row<T>>[]): AsyncGenerator<Row<T>> {
  const readers = partitions.map((one) => one[Symbol.asyncIterator]());
  const next = await Promise.all(readers.map((reader) => reader.next()));
  for (;;) {
    let newest: { row: Row<T>; index: number } | null = null;
    for (const [index, { done, value }] of next.entries()) {
      if (done !== true && (newest === null || value.id > newest.row.id)) {
        newest = { row: value, index };
      }
    }
    if (newest === null) return;
    yield newest.row;
    const reader = readers[newest.index];
    if (reader !== undefined) next[newest.index] = await reader.next();
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

/** Whether a stretch is all within a span. */
export function isWithin(stretch: Span, span: Span): boolean {
  return stretch.fromMs >= span.fromMs && stretch.toMs <= span.toMs;
}
