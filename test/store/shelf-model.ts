import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Counts } from '#store/lists/counts.ts';
import { sumOf } from '#store/lists/counts.ts';
import type { JournalEntry, Move } from '#store/lists/journal.ts';
import { totalOfLeaves } from '#store/lists/leaves.ts';
import { type Book, Shelf } from '#store/lists/shelf.ts';
import type { Tally } from '#store/lists/tally.ts';

/** How many entries an answer of the index has. */
const ENTRIES_AN_ANSWER = 5;

interface Written extends Move {
  writtenMs: number;
}

/** A list in memory, at the true time: what was written when, and what readers have kept of it. */
export class World {
  nowMs: number;
  readonly entries: { id: ObjectId; moves: Written[] }[] = [];
  book: Book | null = null;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  /** Moves an entry, or adds one; what notes its time now is written `lateMs` afterwards. */
  write(which: number, move: { part: string; aheadMs: number; lateMs: number }): void {
    const at = new Date(this.nowMs + move.aheadMs).toISOString();
    const written = { at, part: move.part, writtenMs: this.nowMs + move.lateMs };
    const known = this.entries[which];
    const last = known?.moves.at(-1);
    if (known === undefined || last === undefined) {
      const seconds = Math.floor(this.nowMs / 1000).toString(16);
      const id = `${seconds}${this.entries.length.toString(16).padStart(16, '0')}` as ObjectId;
      this.entries.push({ id, moves: [written] });
      // Who would change what another is about to write reads it again.
    } else if (last.writtenMs <= this.nowMs && last.part !== move.part) known.moves.push(written);
  }

  /** Adds so many entries, one after the other. */
  burst(count: number, everyMs: number): void {
    for (let one = 0; one < count; one += 1) {
      this.write(this.entries.length, { part: 'open', aheadMs: 0, lateMs: 0 });
      this.nowMs += everyMs;
    }
  }

  /** Whether all is written, and long enough for every answer of the index to have it. */
  isAllSeen(byMs: number): boolean {
    return this.entries.every(({ moves }) => moves.every(({ writtenMs }) => writtenMs <= byMs));
  }

  /** The journal as an answer of the index has it that is so old. */
  journal(ageMs: number): JournalEntry[] {
    const seen = this.entries.flatMap(({ id, moves }) => {
      const known = moves.filter(({ writtenMs }) => writtenMs <= this.nowMs - ageMs);
      return known.length === 0 ? [] : [{ id, moves: known }];
    });
    return seen.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  }

  /** A plain count of each part. */
  counts(): Counts {
    return this.entries
      .map(({ moves }) => ({ '*': 1, [moves.at(-1)?.part ?? '']: 1 }))
      .reduce<Counts>(sumOf, {});
  }
}

/** How the index sorts its entries. */
function placeOf({ id, moves }: JournalEntry): string {
  return `${moves.at(-1)?.at}#${id}`;
}

/** The shelf as one reader has it, whose every call waits for its turn and may be its last. */
export class ModelShelf extends Shelf {
  readonly #world: World;
  readonly #turn: (call: 'book' | 'journal' | 'write') => Promise<{ ageMs: number }>;

  constructor(
    world: World,
    turn: (call: 'book' | 'journal' | 'write') => Promise<{ ageMs: number }>,
  ) {
    super({} as DynamoDBClient, '', {
      tenant: {} as never,
      list: 'ORDERS',
      idOf: () => '' as never,
    });
    this.#world = world;
    this.#turn = turn;
  }

  override async book(): Promise<Book | null> {
    await this.#turn('book');
    return this.#world.book;
  }

  override async *journal(after: string): AsyncGenerator<JournalEntry> {
    let from = `${after}~`;
    for (;;) {
      const { ageMs } = await this.#turn('journal');
      const found = this.#world.journal(ageMs).filter((entry) => placeOf(entry) > from);
      const answer = found.slice(0, ENTRIES_AN_ANSWER);
      yield* answer;
      const last = answer.at(-1);
      if (last === undefined || found.length === answer.length) return;
      from = placeOf(last);
    }
  }

  override async write(
    book: Book,
    counted: Omit<Book, 'version' | 'days'>,
    settled: Tally,
  ): Promise<Book | null> {
    await this.#turn('write');
    if ((this.#world.book?.version ?? 0) !== book.version) return null;
    const days = { ...book.days };
    for (const [day, leaves] of settled.days) {
      const counts = sumOf(days[day]?.counts ?? {}, totalOfLeaves(leaves));
      days[day] = { edition: '', counts };
    }
    this.#world.book = { ...counted, version: book.version + 1, days };
    await this.#turn('write');
    return this.#world.book;
  }
}
