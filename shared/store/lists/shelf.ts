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
import { type Attributes, item, keyOf, textIn, valueIn } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';
import { readValue } from '#store/core/query.ts';
import { putVersion } from '#store/core/writes.ts';
import type { Counts } from './counts.ts';
import { bySheet, type DayCounts, NO_COUNTS, revised, totalOfDay } from './day-counts.ts';
import { type JournalEntry, readJournal } from './journal.ts';
import type { Leaves } from './leaves.ts';
import { bookKey, EDITION, type ListName, partOfBookKey } from './list-keys.ts';
import type { Counted } from './passes.ts';
import type { Tally } from './tally.ts';

/** A book as it is stored: the counts of all changes that the journal had until a time. */
export interface Book extends Counted {
  version: number;
  days: Record<string, { edition: string; counts: Counts }>;
  /** Whose turn it is to count the next pass. */
  turn?: { of: string; until: string };
}

/** What a book refers to has been replaced by another reader's newer edition. */
export class StaleBook extends Error {
  override name = 'StaleBook';
}

/** A list of a merchant, and how the ids of its entries are read from their keys. */
export interface Listing {
  tenant: Tenant;
  list: ListName;
  idOf(key: Key): ObjectId;
}

/** A day that is written anew: what replaces it, and what it replaces. */
interface Revision {
  day: string;
  counts: Counts;
  written: Attributes[];
  replaced: Key[];
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

  journal(after: string): AsyncGenerator<JournalEntry> {
    return readJournal(this.#client, this.#table, this.#of, after);
  }

  /** @throws StaleBook */
  day(day: string, edition: string): Promise<DayCounts> {
    return this.#part<DayCounts>(this.#key(day, edition));
  }

  /** @throws StaleBook */
  sheet(day: string, sheet: string, edition: string): Promise<Leaves> {
    return this.#part<Leaves>(this.#key(`${day}.${sheet}`, edition));
  }

  /** An edition stays as it is: half the price is as good, unless it has only just been written. */
  async #part<T>(key: Key): Promise<T> {
    const found = await batchGet(this.#client, this.#table, [key], 'soon');
    const part =
      valueIn<T>(found.get(nameOf(key))) ?? (await readValue<T>(this.#client, this.#table, key));
    if (part === null) throw new StaleBook();
    return part;
  }

  /** The next version of a book, or null when somebody else has written it. */
  async write(
    book: Book,
    counted: Omit<Book, 'version' | 'days'>,
    settled: Tally,
  ): Promise<Book | null> {
    const edition = `${EDITION}${randomBytes(6).toString('base64url')}`;
    const revisions = await this.#revisions(book, settled, edition);
    if (revisions === null) return null;
    const days = { ...book.days };
    for (const { day, counts } of revisions) days[day] = { edition, counts };
    const written = revisions.flatMap((one) => one.written);
    await inTurns(written, (one) =>
      this.#client.send(new PutItemCommand({ TableName: this.#table, Item: one })),
    );
    const next: Book = { ...counted, version: book.version + 1, days };
    const isNext = await this.#put(next);
    const ours = written.map(({ pk, sk }) => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' }));
    await this.#delete(isNext ? revisions.flatMap((one) => one.replaced) : ours);
    return isNext ? next : null;
  }

  /** The days that changed, or null when some of them have been replaced meanwhile. */
  async #revisions(book: Book, settled: Tally, edition: string): Promise<Revision[] | null> {
    const read = [...settled.days].map(async ([day, changes]) => {
      const known = book.days[day]?.edition;
      const old = known === undefined ? NO_COUNTS : await this.#now<DayCounts>(day, known);
      const changed = [...bySheet(changes).keys()].flatMap((name) => {
        const sheet = old.sheets[name];
        return sheet === undefined ? [] : [{ name, edition: sheet.edition }];
      });
      const sheets = await Promise.all(
        changed.map(async (one) => {
          return [one.name, await this.#now<Leaves>(`${day}.${one.name}`, one.edition)] as const;
        }),
      );
      const next = revised(old, new Map(sheets), changes, edition);
      return {
        day,
        counts: totalOfDay(next.day),
        written: [
          item(this.#key(day, edition), next.day),
          ...[...next.sheets].map(([name, leaves]) =>
            item(this.#key(`${day}.${name}`, edition), leaves),
          ),
        ],
        replaced: [
          ...(known === undefined ? [] : [this.#key(day, known)]),
          ...changed.map((one) => this.#key(`${day}.${one.name}`, one.edition)),
        ],
      };
    });
    try {
      return await Promise.all(read);
    } catch (error) {
      if (error instanceof StaleBook) return null;
      throw error;
    }
  }

  /** A part of the book as it is now. */
  async #now<T>(name: string, edition: string): Promise<T> {
    const key = this.#key(name, edition);
    const part = valueIn<T>((await batchGet(this.#client, this.#table, [key])).get(nameOf(key)));
    if (part === null) throw new StaleBook();
    return part;
  }

  async #put(book: Book): Promise<boolean> {
    const version = { version: { N: String(book.version) } };
    const attributes = item(bookKey(this.#of.tenant, this.#of.list), book, version);
    const { Put } = putVersion(this.#table, attributes, book.version);
    if (Put === undefined) throw new Error('A version is put');
    try {
      await this.#client.send(
        new PutItemCommand({ ...Put, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The answer to an attempt before this one was lost.
      return textIn(error.Item) === textIn(attributes);
    }
  }

  async #delete(keys: readonly Key[]): Promise<void> {
    await inTurns(keys, (key) =>
      this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: keyOf(key) })),
    );
  }

  #key(name: string, edition: string): Key {
    return partOfBookKey(this.#of.tenant, this.#of.list, name, edition);
  }
}

/** Runs an asynchronous step for each element, with a limit on how many run at once. */
async function inTurns<T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < all.length; start += AT_A_TIME) {
    await Promise.all(all.slice(start, start + AT_A_TIME).map(act));
  }
}

const AT_A_TIME = 25;
