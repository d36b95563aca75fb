import type { Page } from '#ledger/orders/order-lists.ts';
import type { OpenBook } from './book.ts';
import { isWithin, MAX_ROWS_A_QUERY, type Span } from './rows.ts';
import {
  ALL,
  BUCKET_MS,
  type Counts,
  countOf,
  DAY_MS,
  type DayCounts,
  type Parts,
} from './tally.ts';

/** The counts of a day, and what is read apart by them, cost as much as so many rows. */
const FEW_ROWS_A_DAY = 30;

/** Between two rows that are wanted so many others are read rather than asked for apart. */
const MAX_OTHERS = 100;

/** The ten seconds that a row is in, and how many rows come before it in them. */
export interface Position extends Span {
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
  counts: Counts;
}

/** A stretch of time in which a list is read, and how many of its rows come before the page. */
export interface Stretch extends Span {
  skip: number;
  /** How many rows of other parts are read with it. */
  others: number;
}

/** Counts what some parts have in a span, by an open book. */
export class Counter {
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
        counts,
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

  /** The parts that have rows on the days of a stretch; of those that are meant, or of all. */
  partsIn({ fromMs, toMs }: Span, isMeant: Parts = () => true): string[] {
    const days = this.#days.filter((day) => day.fromMs < toMs && day.toMs > fromMs);
    const names = new Set(days.flatMap(({ counts }) => Object.keys(counts)));
    return [...names].filter((name) => name !== ALL && isMeant(name));
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

function totalOf(buckets: readonly Bucket[]): number {
  return buckets.reduce((sum, bucket) => sum + bucket.count, 0);
}

function byNewest(one: Span, other: Span): number {
  return other.fromMs - one.fromMs;
}
