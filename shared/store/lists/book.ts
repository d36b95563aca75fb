import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from '#ledger/core/deadline.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { Count } from './count.ts';
import { type Counts, sumOf } from './counts.ts';
import { bySheet, type DayCounts, NO_COUNTS, type Sheet, withChanges } from './day-counts.ts';
import { type Leaves, sumOfLeaves, totalOfLeaves } from './leaves.ts';
import { PACE } from './pace.ts';
import type { Book, Shelf } from './shelf.ts';
import type { Tally } from './tally.ts';

/** How often in a row others may have written a pass first. */
const MAX_LOST = 5;

const EMPTY: Book = { version: 0, until: new Date(0).toISOString(), days: {} };

/**
 * How many entries a list has in each part and time. Writers only leave a trace in the journal;
 * readers add up what the book remembers and what the journal says since, and write it down for
 * those who come after them. Days are written under new names and the book last, under a condition,
 * so that a book always fits its days and every entry is counted once.
 */
export class OpenBook {
  readonly #shelf: Shelf;
  readonly #book: Book;
  readonly #since: Tally;

  private constructor(shelf: Shelf, book: Book, since: Tally) {
    this.#shelf = shelf;
    this.#book = book;
    this.#since = since;
  }

  /**
   * Counts what has not been counted. Where that is more than a pass, each pass is kept, so that
   * whoever comes next goes on from there when the time is over.
   * @throws LedgerError `list_being_counted`
   */
  static async open(shelf: Shelf, deadline: Deadline | undefined): Promise<OpenBook> {
    const isTimeLeft = () => deadline === undefined || deadline.remainingMs() > PACE.passMs;
    const reader = randomBytes(6).toString('base64url');
    for (let lost = 0; lost < MAX_LOST; ) {
      const book = (await shelf.book()) ?? EMPTY;
      if (isTurnOfAnother(book, reader)) {
        if (!isTimeLeft()) break;
        await sleep(PACE.lookMs);
        continue;
      }
      const count = await Count.since(shelf, book);
      if (!count.isWorthKeeping) return OpenBook.#with(shelf, book, count);
      const goesOn = !count.isAll && isTimeLeft();
      const until = new Date(Date.now() + PACE.turnMs).toISOString();
      const counted = { ...count.counted, ...(goesOn ? { turn: { of: reader, until } } : {}) };
      const next = await shelf.write(book, counted, count.settled);
      if (count.isAll) {
        if (next === null) return OpenBook.#with(shelf, book, count);
        return new OpenBook(shelf, next, count.recent);
      }
      if (!goesOn) break;
      lost = next === null ? lost + 1 : 0;
    }
    throw new LedgerError('list_being_counted');
  }

  /** A book with what was counted since and is not stored. */
  static #with(shelf: Shelf, book: Book, { settled, recent }: Count): OpenBook {
    settled.addAll(recent);
    return new OpenBook(shelf, book, settled);
  }

  /** The days that have entries, with their counts. */
  days(): [string, Counts][] {
    const days = new Set([...Object.keys(this.#book.days), ...this.#since.days.keys()]);
    return [...days].map((day) => [
      day,
      sumOf(this.#book.days[day]?.counts ?? {}, totalOfLeaves(this.#since.days.get(day) ?? {})),
    ]);
  }

  /** @throws StaleBook */
  async day(day: string): Promise<DayCounts> {
    const edition = this.#book.days[day]?.edition;
    const known = edition === undefined ? NO_COUNTS : await this.#shelf.day(day, edition);
    return withChanges(known, this.#since.days.get(day) ?? {});
  }

  /** @throws StaleBook */
  async sheet(day: string, name: string, { edition }: Sheet): Promise<Leaves> {
    const known = await this.#shelf.sheet(day, name, edition);
    return sumOfLeaves(known, bySheet(this.#since.days.get(day) ?? {}).get(name) ?? {});
  }
}

/** Whether somebody else counts: two at the same time would only do the work twice. */
function isTurnOfAnother({ turn }: Book, reader: string): boolean {
  return turn !== undefined && turn.of !== reader && Date.parse(turn.until) > Date.now();
}
