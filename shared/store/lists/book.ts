import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { type Attributes, item, keyOf, valueIn } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';
import { readValue } from '#store/core/query.ts';
import { putVersion } from '#store/core/writes.ts';
import { partAt, readJournal } from './journal.ts';
import { bookDayKey, bookKey, type ListName } from './list-keys.ts';
import { type Counts, type DayCounts, sumOf, sumOfDays, Tally, totalOf } from './tally.ts';

/**
 * What moved so long ago is settled: the index shows it, and no function that noted an earlier time
 * is still running and about to write it.
 */
const SETTLED_AFTER_MS = 60_000;

/**
 * How many settled changes it takes for a reader to store them: fewer are cheaper to count again.
 */
const ENTRIES_TO_WRITE_DOWN = 200;

/** A book as it is stored: the counts of all changes that the journal had until a time. */
interface Book {
  version: number;
  until: string;
  days: Record<string, { edition: string; counts: Counts }>;
}

const EMPTY: Book = { version: 0, until: new Date(0).toISOString(), days: {} };

/** The day that a book refers to has been replaced by another reader's newer edition. */
export class StaleBook extends Error {
  override name = 'StaleBook';
}

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
    const horizon = new Date(Date.now() - SETTLED_AFTER_MS).toISOString();
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
      sumOf(this.#book.days[day]?.counts ?? {}, totalOf(this.#since.days.get(day) ?? {})),
    ]);
  }

  /** @throws StaleBook */
  async day(day: string): Promise<DayCounts> {
    const edition = this.#book.days[day]?.edition;
    const known = edition === undefined ? {} : await this.#shelf.day(day, edition);
    return sumOfDays(known, this.#since.days.get(day));
  }
}

/** A list of a merchant, and how the ids of its entries are read from their keys. */
export interface Listing {
  tenant: Tenant;
  list: ListName;
  idOf(key: Key): ObjectId;
}

/** Where the book of a list is kept. */
export class Shelf {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #of: Listing;

  constructor(client: DynamoDBClient, table: string, of: Listing) {
    this.#client = client;
    this.#table = table;
    this.#of = of;
  }

  book(): Promise<Book | null> {
    return readValue<Book>(this.#client, this.#table, bookKey(this.#of.tenant, this.#of.list));
  }

  journal(after: string) {
    return readJournal(this.#client, this.#table, this.#of, after);
  }

  async day(day: string, edition: string): Promise<DayCounts> {
    const key = this.#dayKey(day, edition);
    // An edition stays as it is: half the price is as good, unless it has only just been written.
    const found = await batchGet(this.#client, this.#table, [key], 'soon');
    const counts =
      valueIn<DayCounts>(found.get(nameOf(key))) ??
      (await readValue<DayCounts>(this.#client, this.#table, key));
    if (counts === null) throw new StaleBook();
    return counts;
  }

  /** The next version of a book, or null when somebody else has written it. */
  async write(book: Book, until: string, settled: Tally): Promise<Book | null> {
    const edition = randomBytes(6).toString('base64url');
    const old = [...settled.days.keys()].flatMap((day) => {
      const known = book.days[day]?.edition;
      return known === undefined ? [] : [this.#dayKey(day, known)];
    });
    const items = await batchGet(this.#client, this.#table, old);
    if (items.size < old.length) return null;
    const days = { ...book.days };
    const written: Attributes[] = [];
    for (const [day, counts] of settled.days) {
      const key = this.#dayKey(day, book.days[day]?.edition ?? '');
      const sum = sumOfDays(valueIn<DayCounts>(items.get(nameOf(key))) ?? {}, counts);
      days[day] = { edition, counts: totalOf(sum) };
      written.push(item(this.#dayKey(day, edition), sum));
    }
    await inTurns(written, (one) =>
      this.#client.send(new PutItemCommand({ TableName: this.#table, Item: one })),
    );
    const next: Book = { version: book.version + 1, until, days };
    const isNext = await this.#put(next);
    await this.#delete(
      isNext ? old : [...settled.days.keys()].map((day) => this.#dayKey(day, edition)),
    );
    return isNext ? next : null;
  }

  async #put(book: Book): Promise<boolean> {
    const version = { version: { N: String(book.version) } };
    const attributes = item(bookKey(this.#of.tenant, this.#of.list), book, version);
    const { Put } = putVersion(this.#table, attributes, book.version);
    if (Put === undefined) throw new Error('A version is put');
    try {
      await this.#client.send(new PutItemCommand(Put));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async #delete(keys: readonly Key[]): Promise<void> {
    await inTurns(keys, (key) =>
      this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: keyOf(key) })),
    );
  }

  #dayKey(day: string, edition: string): Key {
    return bookDayKey(this.#of.tenant, this.#of.list, day, edition);
  }
}

/** Runs an asynchronous step for each element, with a limit on how many run at once. */
async function inTurns<T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < all.length; start += AT_A_TIME) {
    await Promise.all(all.slice(start, start + AT_A_TIME).map(act));
  }
}

const AT_A_TIME = 25;
