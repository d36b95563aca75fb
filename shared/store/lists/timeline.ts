import type { Page } from '#ledger/orders/order-lists.ts';
import { OpenBook } from './book.ts';
import { Counter, type Position, type Stretch } from './counter.ts';
import { ALL, type Parts } from './counts.ts';
import { isEmpty, newestOf, type Row, type Source, type Span, spanOf } from './rows.ts';
import { type Shelf, StaleBook } from './shelf.ts';

/** As many as there are. */
const MAX_ROWS = Number.MAX_SAFE_INTEGER;

/** How often a page is read again because a newer book was written meanwhile. */
const MAX_TRIES = 3;

/** How many stretches are read in parallel. */
const STRETCHES_AT_A_TIME = 16;

interface CountedRows<T> {
  rows: Row<T>[];
  total: number;
}

/** So many rows from an offset on, of which there are as many. */
interface Slice {
  offset: number;
  wanted: number;
}

/**
 * Some parts of a list of a merchant, newest first. The book turns an offset into the leaf it falls
 * into, so that a page at any depth, and the number of rows, cost the same handful of reads.
 */
export class Timeline<T> {
  readonly #shelf: Shelf;
  readonly #parts: Parts;
  readonly #source: Source<T>;

  constructor(shelf: Shelf, parts: Parts, source: Source<T>) {
    this.#shelf = shelf;
    this.#parts = parts;
    this.#source = source;
  }

  /** The rows of a page, and how many rows its whole span has. */
  async countedPage(page: Page): Promise<CountedRows<T>> {
    return this.#pageOf(page, async (counter, slice, span) => {
      if (this.#source.partitionsOf(this.#partsIn(counter, span)).length > 1) {
        const rows = await this.#narrow(counter, slice);
        if (rows.length === slice.wanted) return rows;
        // The index that has the rows may lag behind the one that counts them.
      }
      const position = await counter.at(slice.offset);
      if (position === null) return [];
      return this.#read(counter, { ...position, fromMs: span.fromMs }, slice.wanted);
    });
  }

  /**
   * The rows of a page of parts that have partitions of their own, and how many rows there are. Null
   * when those lack a row that is counted.
   */
  async pageApart(page: Page): Promise<CountedRows<T> | null> {
    let isComplete = true;
    const found = await this.#pageOf(page, async (counter, slice) => {
      const rows = await this.#narrow(counter, slice);
      isComplete = rows.length === slice.wanted;
      return rows;
    });
    return isComplete ? found : null;
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
    return this.#byBook(page, async (book) => {
      const counter = new Counter(book, this.#parts, span);
      const [total, stretches] = await Promise.all([
        counter.total(),
        counter.stretches(page, mostOthers),
      ]);
      if (stretches.reduce((sum, one) => sum + one.others, 0) > mostOthers) return null;
      const rows: Row<T>[] = [];
      for (let start = 0; start < stretches.length; start += STRETCHES_AT_A_TIME) {
        const some = stretches.slice(start, start + STRETCHES_AT_A_TIME);
        const read = some.map((one) => this.#among(counter, one, page.limit, isWanted));
        rows.push(...(await Promise.all(read)).flat());
      }
      return { rows: rows.slice(0, page.limit), total };
    });
  }

  /** The rows of a page as `read` finds them, and how many its whole span has. */
  async #pageOf(
    page: Page,
    read: (counter: Counter, slice: Slice, span: Span) => Promise<Row<T>[]>,
  ): Promise<CountedRows<T>> {
    const { offset, limit } = page;
    const span = spanOf(page);
    if (isEmpty(span)) return { rows: [], total: 0 };
    return this.#byBook(page, async (book) => {
      const counter = new Counter(book, this.#parts, span);
      const total = await counter.total();
      const wanted = Math.min(limit, total - offset);
      return { rows: wanted <= 0 ? [] : await read(counter, { offset, wanted }, span), total };
    });
  }

  /** A slice of the rows, looked for between the first of them and the last. */
  async #narrow(counter: Counter, { offset, wanted }: Slice): Promise<Row<T>[]> {
    const [newest, oldest] = await Promise.all([
      counter.at(offset),
      counter.at(offset + wanted - 1),
    ]);
    if (newest === null || oldest === null) return [];
    return this.#read(counter, { ...newest, fromMs: oldest.fromMs }, wanted);
  }

  async #read(counter: Counter, { skip, ...span }: Position, wanted: number): Promise<Row<T>[]> {
    const found = this.#rows(this.#partsIn(counter, span), span, skip + wanted);
    return (await Array.fromAsync(found)).slice(skip);
  }

  /** The parts that are meant and have rows in a span; every part is one of the whole list. */
  #partsIn(counter: Counter, span: Span): string[] {
    return counter.partsIn(span, this.#parts(ALL) ? undefined : this.#parts);
  }

  /** Up to so many rows of a stretch. */
  async #among(
    counter: Counter,
    stretch: Stretch,
    limit: number,
    isWanted: (row: T) => boolean,
  ): Promise<Row<T>[]> {
    const found: Row<T>[] = [];
    const most = stretch.skip + limit;
    const expected = most + stretch.others;
    for await (const row of this.#rows(counter.partsIn(stretch), stretch, MAX_ROWS, expected)) {
      if (isWanted(row.value)) found.push(row);
      if (found.length === most) break;
    }
    return found.slice(stretch.skip);
  }

  async *#rows(
    parts: readonly string[],
    span: Span,
    most: number,
    expected = most,
  ): AsyncGenerator<Row<T>> {
    const partitions = this.#source.partitionsOf(parts);
    let left = most;
    const read = partitions.map((one) => this.#source.rows(one, span, most, expected));
    for await (const row of newestOf(read)) {
      yield row;
      left -= 1;
      if (left === 0) return;
    }
  }

  /** Reads by the book, and by the next one when it was written anew meanwhile. */
  async #byBook<R>({ deadline }: Page, read: (book: OpenBook) => Promise<R>): Promise<R> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await read(await OpenBook.open(this.#shelf, deadline));
      } catch (error) {
        if (!(error instanceof StaleBook) || tries === MAX_TRIES) throw error;
      }
    }
  }
}
