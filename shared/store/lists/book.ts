import type { ObjectId } from '#ledger/core/ids.ts';
import { type Counts, sumOf } from './counts.ts';
import { bySheet, type DayCounts, NO_COUNTS, type Sheet, withChanges } from './day-counts.ts';
import { partAt } from './journal.ts';
import { LEAF_MS, type Leaves, sumOfLeaves, totalOfLeaves } from './leaves.ts';
import type { Book, Shelf } from './shelf.ts';
import { Tally } from './tally.ts';

/**
 * What moved so long ago is settled: the index shows it, and no function that noted an earlier time
 * is still running and about to write it.
 */
const SETTLED_AFTER_MS = 60_000;

/**
 * How many settled changes it takes for a reader to store them: fewer are cheaper to count again.
 */
const ENTRIES_TO_WRITE_DOWN = 200;

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

  static async open(shelf: Shelf): Promise<OpenBook> {
    const book = (await shelf.book()) ?? EMPTY;
    // So that no leaf is written down while half of its entries are not settled yet.
    const settledMs = Math.floor((Date.now() - SETTLED_AFTER_MS) / LEAF_MS) * LEAF_MS;
    const horizon = new Date(settledMs - 1).toISOString();
    const settled = new Tally();
    const recent = new Tally();
    const seen = new Set<ObjectId>();
    let moved = 0;
    const read = async (after: string) => {
      for await (const entry of shelf.journal(after)) {
        if (seen.has(entry.id)) continue;
        if ((entry.moves.at(-1)?.at ?? '') > horizon) seen.add(entry.id);
        const [before, then] = [partAt(entry, book.until), partAt(entry, horizon)];
        if (before !== then) moved += 1;
        settled.move(entry.id, before, then);
        recent.move(entry.id, then, entry.moves.at(-1)?.part ?? null);
      }
    };
    await read(book.until);
    if (moved >= ENTRIES_TO_WRITE_DOWN && horizon > book.until) {
      // An entry that moves while the index is read can be missed once.
      await read(horizon);
      const next = await shelf.write(book, horizon, settled);
      if (next !== null) return new OpenBook(shelf, next, recent);
    }
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
