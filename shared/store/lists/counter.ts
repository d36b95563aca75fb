import type { Page } from '#ledger/orders/order-lists.ts';
import type { OpenBook } from './book.ts';
import { type Bucket, Buckets, type CountedDay, totalOf } from './buckets.ts';
import { ALL, type Parts } from './counts.ts';
import { isWithin, MAX_ROWS_A_QUERY, type Span } from './rows.ts';

/** The counts of a day, and what is read apart by them, cost as much as so many rows. */
const FEW_ROWS_A_DAY = 30;

/** Between two rows that are wanted so many others are read rather than asked for apart. */
const MAX_OTHERS = 100;

/** The leaf that a row is in, and how many rows come before it there. */
export interface Position extends Span {
  skip: number;
}

/** A stretch of time in which a list is read, and how many of its rows come before the page. */
export interface Stretch extends Span {
  skip: number;
  /** How many rows of other parts are read with it. */
  others: number;
}

/** Counts what some parts have in a span, by an open book. */
export class Counter {
  readonly #span: Span;
  readonly #buckets: Buckets;

  constructor(book: OpenBook, parts: Parts, span: Span) {
    this.#span = span;
    this.#buckets = new Buckets(book, parts, span);
  }

  /** Adds up whole days; those at the edges of the span are looked into. */
  async total(): Promise<number> {
    const counts = this.#buckets.days.map(async (day) => {
      if (isWithin(day, this.#span)) return day.count;
      return totalOf(await this.#buckets.of(day));
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** Where the row at an offset is, or null when the span has fewer rows. */
  async at(offset: number): Promise<Position | null> {
    let skip = offset;
    for (const day of this.#buckets.days) {
      if (isWithin(day, this.#span) && day.count <= skip) {
        skip -= day.count;
        continue;
      }
      const buckets = await this.#buckets.of(day);
      const count = totalOf(buckets);
      if (count > skip) return this.#find(buckets, skip);
      skip -= count;
    }
    return null;
  }

  /** Where the row at an offset of some buckets is, to the leaf. */
  async #find(buckets: readonly Bucket[], offset: number): Promise<Position | null> {
    let skip = offset;
    for (const { count, fromMs, toMs, open } of buckets) {
      if (count > skip) {
        return open === undefined ? { fromMs, toMs, skip } : this.#find(await open(), skip);
      }
      skip -= count;
    }
    return null;
  }

  /** The parts that have rows on the days of a stretch; of those that are meant, or of all. */
  partsIn({ fromMs, toMs }: Span, isMeant: Parts = () => true): string[] {
    const days = this.#buckets.days.filter((day) => day.fromMs < toMs && day.toMs > fromMs);
    const names = new Set(days.flatMap(({ counts }) => Object.keys(counts)));
    return [...names].filter((name) => name !== ALL && isMeant(name));
  }

  /**
   * The stretches in which the rows of a page are, newest first. They are looked for leaf by leaf,
   * but not among more other rows than so many.
   */
  async stretches(
    { offset, limit }: Pick<Page, 'offset' | 'limit'>,
    mostOthers: number,
  ): Promise<Stretch[]> {
    const found: Stretch[] = [];
    const { buckets: all, skipped } = await this.#bucketsOfPage(offset, limit);
    const buckets = await openedFor(all, { offset: offset - skipped, limit }, mostOthers);
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
    for (const day of this.#buckets.days) {
      if (seen >= offset + limit) break;
      const count = isWithin(day, this.#span) ? day.count : totalOf(await this.#buckets.of(day));
      seen += count;
      if (seen <= offset) skipped = seen;
      else if (count > 0) chosen.push(day);
    }
    const through = this.#throughAll(chosen);
    if (through !== null) return { buckets: [through], skipped };
    const read = await Promise.all(chosen.map((day) => this.#buckets.of(day)));
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
    const between = this.#buckets.days.filter(
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
}

/**
 * The buckets of a page: where it begins or ends within one, or where there are more others than
 * are read for nothing, its leaves.
 */
async function openedFor(
  buckets: readonly Bucket[],
  { offset, limit }: Pick<Page, 'offset' | 'limit'>,
  mostOthers: number,
): Promise<Bucket[]> {
  let before = 0;
  const opened = buckets.map((bucket) => {
    const [first, end] = [before, before + bucket.count];
    before = end;
    const isOfPage = first < offset + limit && end > offset;
    const isPartly = first < offset || end > offset + limit;
    const isWide = bucket.others > MAX_OTHERS && bucket.others <= mostOthers;
    if (bucket.open === undefined || !isOfPage || !(isPartly || isWide)) return [bucket];
    return bucket.open();
  });
  return (await Promise.all(opened)).flat();
}
