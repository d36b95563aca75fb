import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ObjectId, objectIdFloor } from '#ledger/core/ids.ts';
import type { Page } from '#ledger/orders/order-lists.ts';
import { valueIn } from '#store/core/items.ts';
import { INDEX } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';
import { OpenBook, type Shelf, StaleBook } from './book.ts';
import { ALL, BUCKET_MS, countOf, DAY_MS, type DayCounts, type Parts } from './tally.ts';

/** A page of a query ends at 1 MB anyway; more would only delay the first row. */
const MAX_ROWS_A_QUERY = 1000;

/** The counts of a day, and what is read apart by them, cost as much as so many rows. */
const FEW_ROWS_A_DAY = 30;

/** As many as there are. */
const MAX_ROWS = Number.MAX_SAFE_INTEGER;

/** Later than every id that can be minted. */
const END_OF_TIME_MS = 0xffff_ffff * 1000;

/** How often a page is read again because a newer book was written meanwhile. */
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

interface CountedRows<T> {
  rows: Row<T>[];
  total: number;
}

/** The ten seconds that a row is in, and how many rows come before it in them. */
interface Position extends Span {
  skip: number;
}

interface Bucket extends Span {
  /** Rows of the parts that are meant. */
  count: number;
  /** Rows of other parts. */
  others: number;
}

interface CountedDay extends Bucket {
  day: string;
}

/** A stretch of time in which a list is read, and how many of its rows come before the page. */
interface Stretch extends Span {
  skip: number;
  /** How many rows of other parts are read with it. */
  others: number;
}

/** Between two rows that are wanted so many others are read rather than asked for apart. */
const MAX_OTHERS = 100;

/** How many stretches are read in parallel. */
const STRETCHES_AT_A_TIME = 16;

/**
 * Up to so many rows within a span, newest first. Of `expected` ones that many are asked for at
 * once, because DynamoDB charges for what it looks at.
 */
type RowsIn<T> = (span: Span, most: number, expected?: number) => AsyncIterable<Row<T>>;

/**
 * Some parts of a list of a merchant, newest first. The book turns an offset into the ten seconds it
 * falls into, so that a page at any depth, and the number of rows, cost the same handful of reads.
 */
export class Timeline<T> {
  readonly #shelf: Shelf;
  readonly #parts: Parts;
  readonly #rows: RowsIn<T>;

  constructor(shelf: Shelf, parts: Parts, rows: RowsIn<T>) {
    this.#shelf = shelf;
    this.#parts = parts;
    this.#rows = rows;
  }

  /** The rows of a page. */
  async page(page: Page): Promise<Row<T>[]> {
    const span = spanOf(page);
    if (isEmpty(span)) return [];
    if (page.offset === 0) return this.#from({ ...span, skip: 0 }, span, page.limit);
    return (await this.#counted(page, span)).rows;
  }

  /** The rows of a page, and how many rows its whole span has. */
  async countedPage(page: Page): Promise<CountedRows<T>> {
    const span = spanOf(page);
    return isEmpty(span) ? { rows: [], total: 0 } : this.#counted(page, span);
  }

  /**
   * The rows of a page of some parts that lie among other rows, and how many there are. The book
   * says when there are some, so that only those stretches are read.
   */
  async pageAmong(page: Page, isWanted: (row: T) => boolean): Promise<CountedRows<T>> {
    const found = await this.pageAmongFew(page, isWanted, MAX_ROWS);
    return found ?? { rows: [], total: 0 };
  }

  /** The same, or null when more than so many other rows would be read. */
  async pageAmongFew(
    page: Page,
    isWanted: (row: T) => boolean,
    mostOthers: number,
  ): Promise<CountedRows<T> | null> {
    const span = spanOf(page);
    if (isEmpty(span)) return { rows: [], total: 0 };
    return this.#byBook(async (book) => {
      const counter = new Counter(book, this.#parts, span);
      const [total, stretches] = await Promise.all([counter.total(), counter.stretches(page)]);
      if (stretches.reduce((sum, one) => sum + one.others, 0) > mostOthers) return null;
      const rows: Row<T>[] = [];
      for (let start = 0; start < stretches.length; start += STRETCHES_AT_A_TIME) {
        const some = stretches.slice(start, start + STRETCHES_AT_A_TIME);
        const read = some.map((one) => this.#among(one, page.limit, isWanted));
        rows.push(...(await Promise.all(read)).flat());
      }
      return { rows: rows.slice(0, page.limit), total };
    });
  }

  /**
   * The rows of a page of parts that have an index each, and how many rows there are. Null when an
   * index lacks a row that is counted.
   */
  async pageApart(
    page: Page,
    rowsIn: (part: string, span: Span, most: number) => AsyncIterable<Row<T>>,
  ): Promise<CountedRows<T> | null> {
    const span = spanOf(page);
    if (isEmpty(span)) return { rows: [], total: 0 };
    return this.#byBook(async (book) => {
      const counter = new Counter(book, this.#parts, span);
      const total = await counter.total();
      const wanted = Math.min(page.limit, total - page.offset);
      if (wanted <= 0) return { rows: [], total };
      const [newest, oldest] = await Promise.all([
        counter.at(page.offset),
        counter.at(page.offset + wanted - 1),
      ]);
      if (newest === null || oldest === null) return null;
      const stretch = { fromMs: oldest.fromMs, toMs: newest.toMs };
      const parts = counter.partsIn(stretch).map((part) => {
        return rowsIn(part, stretch, newest.skip + wanted);
      });
      const found = await Promise.all(parts.map((part) => Array.fromAsync(part)));
      const rows = found.flat().sort((one, other) => (one.id < other.id ? 1 : -1));
      const ofPage = rows.slice(newest.skip, newest.skip + wanted);
      return ofPage.length < wanted ? null : { rows: ofPage, total };
    });
  }

  /** Up to so many rows of a stretch. */
  async #among(stretch: Stretch, limit: number, isWanted: (row: T) => boolean): Promise<Row<T>[]> {
    const found: Row<T>[] = [];
    const expected = stretch.skip + limit + stretch.others;
    for await (const row of this.#rows(stretch, MAX_ROWS, expected)) {
      if (isWanted(row.value)) found.push(row);
      if (found.length === stretch.skip + limit) break;
    }
    return found.slice(stretch.skip);
  }

  #counted(page: Page, span: Span): Promise<CountedRows<T>> {
    return this.#byBook(async (book) => {
      const counter = new Counter(book, this.#parts, span);
      const [total, position] = await Promise.all([counter.total(), counter.at(page.offset)]);
      const rows = position === null ? [] : await this.#from(position, span, page.limit);
      return { rows, total };
    });
  }

  /** Reads by the book, and by the next one when it was written anew meanwhile. */
  async #byBook<R>(read: (book: OpenBook) => Promise<R>): Promise<R> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await read(await OpenBook.open(this.#shelf));
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
  readonly #parts: Parts;
  readonly #span: Span;
  readonly #days: CountedDay[];
  readonly #read = new Map<string, Promise<DayCounts>>();

  constructor(book: OpenBook, parts: Parts, span: Span) {
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
        others: (counts[ALL] ?? 0) - countOf(counts, parts),
      }))
      .filter((day) => day.fromMs < span.toMs && day.toMs > span.fromMs)
      .sort(byNewest);
  }

  /** Adds up whole days; those at the edges of the span are looked into. */
  async total(): Promise<number> {
    const counts = this.#days.map(async (day) => {
      if (isWithin(day, this.#span)) return day.count;
      return totalOf(await this.#bucketsOf(day));
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
        if (bucket.count > skip) return { fromMs: bucket.fromMs, toMs: bucket.toMs, skip };
        skip -= bucket.count;
      }
    }
    return null;
  }

  /** The parts that are meant and have rows on the days of a stretch. */
  partsIn(stretch: Span): string[] {
    const days = this.#book.days().filter(([day]) => {
      const fromMs = Date.parse(day);
      return fromMs < stretch.toMs && fromMs + DAY_MS > stretch.fromMs;
    });
    const names = new Set(days.flatMap(([, counts]) => Object.keys(counts)));
    return [...names].filter((name) => name !== ALL && this.#parts(name));
  }

  /** The stretches in which the rows of a page are, newest first. */
  async stretches({ offset, limit }: Pick<Page, 'offset' | 'limit'>): Promise<Stretch[]> {
    const found: Stretch[] = [];
    const { buckets, skipped } = await this.#bucketsOfPage(offset, limit);
    let [skip, left, others] = [offset - skipped, limit, 0];
    for (const bucket of buckets) {
      if (left <= 0) break;
      if (bucket.count === 0) {
        others += bucket.others;
      } else if (bucket.count <= skip) {
        skip -= bucket.count;
      } else {
        const { fromMs, toMs } = bucket;
        const last = found.at(-1);
        if (last !== undefined && others <= MAX_OTHERS) {
          last.fromMs = fromMs;
          last.others += others + bucket.others;
        } else {
          found.push({ fromMs, toMs, skip, others: bucket.others });
        }
        left -= bucket.count - skip;
        [skip, others] = [0, 0];
      }
    }
    return found;
  }

  /** The buckets of the days that the rows of a page are of, and how many newer rows there are. */
  async #bucketsOfPage(offset: number, limit: number) {
    const chosen: CountedDay[] = [];
    let [skipped, seen] = [0, 0];
    for (const day of this.#days) {
      if (seen >= offset + limit) break;
      const count = isWithin(day, this.#span) ? day.count : totalOf(await this.#bucketsOf(day));
      seen += count;
      if (seen <= offset) skipped = seen;
      else if (count > 0) chosen.push(day);
    }
    const through = this.#throughAll(chosen);
    if (through !== null) return { buckets: [through], skipped };
    const read = await Promise.all(chosen.map((day) => this.#bucketsOf(day)));
    // What lies between two days was not looked at.
    const between = { count: 0, others: MAX_OTHERS + 1, fromMs: 0, toMs: 0 };
    return { buckets: read.flatMap((own) => [...own, between]), skipped };
  }

  /**
   * Some days as a single bucket, when there are so few rows in them that all are soon read. Where
   * most rows are wanted a page is one stretch anyway, and their counts say where it begins.
   */
  #throughAll(days: readonly CountedDay[]): Bucket | null {
    const [newest, oldest] = [days[0], days.at(-1)];
    if (newest === undefined || oldest === undefined) return null;
    const between = this.#days.filter(
      (day) => day.fromMs <= newest.fromMs && day.fromMs >= oldest.fromMs,
    );
    const rows = between.reduce((sum, day) => sum + day.count + day.others, 0);
    const count = totalOf(days);
    const others = rows - count;
    const few = Math.max(others > count ? MAX_ROWS_A_QUERY : 0, days.length * FEW_ROWS_A_DAY);
    if (rows > few) return null;
    return {
      fromMs: Math.max(oldest.fromMs, this.#span.fromMs),
      toMs: Math.min(newest.toMs, this.#span.toMs),
      count,
      others,
    };
  }

  /** Spans begin and end at whole minutes, so that no bucket is cut. */
  async #bucketsOf({ day, fromMs }: CountedDay): Promise<Bucket[]> {
    return Object.entries(await this.#day(day))
      .map(([bucket, counts]) => {
        const beginMs = fromMs + Number(bucket) * BUCKET_MS;
        const count = countOf(counts, this.#parts);
        const others = (counts[ALL] ?? 0) - count;
        return { fromMs: beginMs, toMs: beginMs + BUCKET_MS, count, others };
      })
      .filter((bucket) => isWithin(bucket, this.#span))
      .sort(byNewest);
  }

  /** Read once and then remembered. */
  #day(day: string): Promise<DayCounts> {
    const read = this.#read.get(day) ?? this.#book.day(day);
    this.#read.set(day, read);
    return read;
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
  expected = most,
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

function totalOf(buckets: readonly Bucket[]): number {
  return buckets.reduce((sum, bucket) => sum + bucket.count, 0);
}

function isWithin(part: Span, span: Span): boolean {
  return part.fromMs >= span.fromMs && part.toMs <= span.toMs;
}

function byNewest(one: Span, other: Span): number {
  return other.fromMs - one.fromMs;
}
