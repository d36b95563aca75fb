import type { OpenBook } from './book.ts';
import { ALL, type Counts, countOf, type Parts } from './counts.ts';
import { type DayCounts, type Sheet, timesOfSheet } from './day-counts.ts';
import { type Leaves, timesOf } from './leaves.ts';
import { isWithin, type Span } from './rows.ts';
import { DAY_MS } from './tally.ts';

/** A time of which is known how many rows it has. */
export interface Bucket extends Span {
  /** Rows of the parts that are meant. */
  count: number;
  /** Rows of other parts. */
  others: number;
  /** The leaves of which these are the counts. */
  open?: () => Promise<Bucket[]>;
}

export interface CountedDay extends Bucket {
  day: string;
  counts: Counts;
}

/** What some parts of a list have in a span, by an open book. */
export class Buckets {
  /** The days that have rows, newest first; those at the edges of the span with all they have. */
  readonly days: readonly CountedDay[];
  readonly #book: OpenBook;
  readonly #parts: Parts;
  readonly #span: Span;
  readonly #read = new Map<string, Promise<DayCounts>>();
  readonly #opened = new Map<string, Promise<Bucket[]>>();

  constructor(book: OpenBook, parts: Parts, span: Span) {
    this.#book = book;
    this.#parts = parts;
    this.#span = span;
    this.days = book
      .days()
      .map(([day, counts]) => {
        const fromMs = Date.parse(day);
        return { day, counts, ...this.#bucket(fromMs, { fromMs: 0, toMs: DAY_MS }, counts) };
      })
      .filter((day) => day.fromMs < span.toMs && day.toMs > span.fromMs)
      .sort(byNewest);
  }

  /** Of a day within the span, newest first. */
  async of({ day, fromMs }: CountedDay): Promise<Bucket[]> {
    const { leaves, sheets } = await this.#day(day);
    const wide = Object.entries(sheets).map(([name, sheet]) => ({
      ...this.#bucket(fromMs, timesOfSheet(name), sheet.counts),
      open: () => this.#leavesOf({ day, fromMs }, name, sheet),
    }));
    // Spans begin and end at whole minutes, so that they cut sheets and no leaf.
    const cut = wide.filter((one) => isCut(one, this.#span));
    const opened = await Promise.all(cut.map((one) => one.open()));
    const whole = wide.filter((one) => isWithin(one, this.#span));
    return [...this.#buckets(fromMs, leaves), ...whole, ...opened.flat()].sort(byNewest);
  }

  /** Read once and then remembered. */
  #leavesOf(
    { day, fromMs }: Pick<CountedDay, 'day' | 'fromMs'>,
    name: string,
    sheet: Sheet,
  ): Promise<Bucket[]> {
    const key = `${day}.${name}`;
    const read =
      this.#opened.get(key) ??
      this.#book
        .sheet(day, name, sheet)
        .then((leaves) => this.#buckets(fromMs, leaves).sort(byNewest));
    this.#opened.set(key, read);
    return read;
  }

  #buckets(dayMs: number, leaves: Leaves): Bucket[] {
    return Object.entries(leaves)
      .map(([leaf, counts]) => this.#bucket(dayMs, timesOf(leaf), counts))
      .filter((bucket) => isWithin(bucket, this.#span));
  }

  #bucket(dayMs: number, { fromMs, toMs }: Span, counts: Counts): Bucket {
    const count = countOf(counts, this.#parts);
    const others = (counts[ALL] ?? 0) - count;
    return { fromMs: dayMs + fromMs, toMs: dayMs + toMs, count, others };
  }

  /** Read once and then remembered. */
  #day(day: string): Promise<DayCounts> {
    const read = this.#read.get(day) ?? this.#book.day(day);
    this.#read.set(day, read);
    return read;
  }
}

/** How many rows some buckets have together. */
export function totalOf(buckets: readonly Bucket[]): number {
  return buckets.reduce((sum, bucket) => sum + bucket.count, 0);
}

/** Whether some of a stretch is within a span, and some is not. */
function isCut(stretch: Span, span: Span): boolean {
  return stretch.fromMs < span.toMs && stretch.toMs > span.fromMs && !isWithin(stretch, span);
}

function byNewest(one: Span, other: Span): number {
  return other.fromMs - one.fromMs;
}
