import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ObjectId, objectIdFloor } from '#ledger/core/ids.ts';
import type { Page } from '#ledger/orders/order-lists.ts';
import { valueIn } from '#store/core/items.ts';
import { INDEX } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';
import { OpenBook, type Shelf, StaleBook } from './book.ts';
import { BUCKET_MS, countOf, DAY_MS } from './tally.ts';

/**
 * Rows asked for in one query: DynamoDB answers 1 MB at most, and a larger page delays the first
 * row.
 */
const MAX_ROWS_A_QUERY = 1000;

/** Later than every id that can be minted. */
const END_OF_TIME_MS = 0xffff_ffff * 1000;

/** How often a page is looked up again when the book was replaced while it was being read. */
const MAX_TRIES = 3;

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

/** Where a page begins: a time, and how many of the rows older than it to skip. */
interface Position {
  toMs: number;
  skip: number;
}

interface Bucket extends Span {
  count: number;
}

/**
 * Some parts of a list of a merchant, newest first. The book turns an offset into the ten seconds it
 * falls into, so that a page at any depth, and the number of rows, cost the same handful of reads.
 */
export class Timeline<T> {
  readonly #shelf: Shelf;
  readonly #parts: readonly string[];
  readonly #rows: (span: Span, most: number) => AsyncIterable<Row<T>>;

  constructor(
    shelf: Shelf,
    parts: readonly string[],
    rows: (span: Span, most: number) => AsyncIterable<Row<T>>,
  ) {
    this.#shelf = shelf;
    this.#parts = parts;
    this.#rows = rows;
  }

  /** The rows of a span, newest first, up to a limit; read as they are consumed. */
  rows(span: Span, most: number): AsyncIterable<Row<T>> {
    return this.#rows(span, most);
  }

  /** The rows of a page. */
  async page(page: Page): Promise<Row<T>[]> {
    const span = spanOf(page);
    if (isEmpty(span)) return [];
    if (page.offset === 0) return this.#from({ toMs: span.toMs, skip: 0 }, span, page.limit);
    return (await this.#counted(page, span)).rows;
  }

  /** The rows of a page, and how many rows its whole span has. */
  async countedPage(page: Page): Promise<{ rows: Row<T>[]; total: number }> {
    const span = spanOf(page);
    return isEmpty(span) ? { rows: [], total: 0 } : this.#counted(page, span);
  }

  async #counted(page: Page, span: Span): Promise<{ rows: Row<T>[]; total: number }> {
    for (let tries = 1; ; tries += 1) {
      try {
        const book = await OpenBook.open(this.#shelf);
        const counter = new Counter(book, this.#parts, span);
        const [total, position] = await Promise.all([counter.total(), counter.at(page.offset)]);
        const rows = position === null ? [] : await this.#from(position, span, page.limit);
        return { rows, total };
      } catch (error) {
        if (!(error instanceof StaleBook) || tries === MAX_TRIES) throw error;
      }
    }
  }

  async #from(position: Position, span: Span, limit: number): Promise<Row<T>[]> {
    if (limit === 0) return [];
    const rows = this.#rows({ ...span, toMs: position.toMs }, position.skip + limit);
    return (await Array.fromAsync(rows)).slice(position.skip);
  }
}

/** Counts what some parts have in a span, by an open book. */
class Counter {
  readonly #book: OpenBook;
  readonly #parts: readonly string[];
  readonly #span: Span;
  readonly #days: (Bucket & { day: string })[];

  constructor(book: OpenBook, parts: readonly string[], span: Span) {
    this.#book = book;
    this.#parts = parts;
    this.#span = span;
    this.#days = book
      .days()
      .map(([day, counts]) => ({
        day,
        fromMs: Date.parse(day),
        toMs: Date.parse(day) + DAY_MS,
        count: countOf(counts, parts),
      }))
      .filter((day) => day.fromMs < span.toMs && day.toMs > span.fromMs)
      .sort(byNewest);
  }

  /** Adds up whole days; those at the edges of the span are looked into. */
  async total(): Promise<number> {
    const counts = this.#days.map(async (day) => {
      if (isWithin(day, this.#span)) return day.count;
      return (await this.#bucketsOf(day)).reduce((sum, bucket) => sum + bucket.count, 0);
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** Where the row at an offset is, or null when the span has fewer rows. */
  async at(offset: number): Promise<Position | null> {
    let skip = offset;
    for (const day of this.#days) {
      if (isWithin(day, this.#span) && day.count <= skip) {
        skip -= day.count;
        continue;
      }
      for (const bucket of await this.#bucketsOf(day)) {
        if (bucket.count > skip) return { toMs: Math.min(bucket.toMs, this.#span.toMs), skip };
        skip -= bucket.count;
      }
    }
    return null;
  }

  /** Spans begin and end at whole minutes, so that no bucket is cut. */
  async #bucketsOf({ day, fromMs }: Bucket & { day: string }): Promise<Bucket[]> {
    return Object.entries(await this.#book.day(day))
      .map(([bucket, counts]) => {
        const beginMs = fromMs + Number(bucket) * BUCKET_MS;
        const count = countOf(counts, this.#parts);
        return { fromMs: beginMs, toMs: beginMs + BUCKET_MS, count };
      })
      .filter((bucket) => isWithin(bucket, this.#span))
      .sort(byNewest);
  }
}

/** Where rows are: a partition of the table or of an index, sorted by id. */
export interface Rows {
  index: 'lists' | null;
  partition: string;
}

/** Rows within a span, newest first. */
export async function* rowsOf<T>(
  client: DynamoDBClient,
  table: string,
  { index, partition }: Rows,
  { fromMs, toMs }: Span,
  most: number,
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
    Limit: Math.min(most, MAX_ROWS_A_QUERY),
  });
  let left = most;
  for await (const found of items) {
    const value = valueIn<T>(found);
    if (value !== null) yield { id: found[sk]?.S ?? '', value };
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

function isWithin(part: Span, span: Span): boolean {
  return part.fromMs >= span.fromMs && part.toMs <= span.toMs;
}

function byNewest(one: Span, other: Span): number {
  return other.fromMs - one.fromMs;
}
