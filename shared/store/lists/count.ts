import type { ObjectId } from '#ledger/core/ids.ts';
import { type JournalEntry, lastMove } from './journal.ts';
import { LEAF_MS } from './leaves.ts';
import { PACE } from './pace.ts';
import { countedPart, countedTo, type Pass } from './passes.ts';
import type { Book, Shelf } from './shelf.ts';
import { Tally } from './tally.ts';

/**
 * What moved so long ago is settled: the index shows it, and no function that noted an earlier time
 * is still running and about to write it.
 */
const SETTLED_AFTER_MS = 60_000;

/** What the journal says that a book has not counted: all of it, or the next pass. */
export class Count {
  /** What has changed until what is settled. */
  readonly settled = new Tally();
  /** What has changed since; of no use before all is counted. */
  readonly recent = new Tally();
  readonly #shelf: Shelf;
  readonly #book: Book;
  readonly #horizon: string;
  readonly #seen = new Set<ObjectId>();
  /** Where the pass ends, when it does before the journal. */
  #end: string | null = null;
  #moved = 0;

  private constructor(shelf: Shelf, book: Book) {
    this.#shelf = shelf;
    this.#book = book;
    // What a reader has counted whose clock is ahead of ours was settled, and is.
    const [own, counted] = [horizonOf(Date.now()), countedTo(book)];
    this.#horizon = own > counted ? own : counted;
  }

  static async since(shelf: Shelf, book: Book): Promise<Count> {
    const count = new Count(shelf, book);
    await count.#readPass();
    // Entries of the pass that have moved on meanwhile.
    if (!count.isAll) await count.#readRecent();
    // An entry that moves while the index is read can be missed once.
    if (count.isWorthKeeping) await count.#readRecent();
    return count;
  }

  /** Whether the journal was read to its end. */
  get isAll(): boolean {
    return this.#end === null;
  }

  get isWorthKeeping(): boolean {
    return !this.isAll || this.#book.passes !== undefined || this.#moved >= PACE.changesToKeep;
  }

  /** What is counted when this has been added to the book. */
  get counted(): Pick<Book, 'until' | 'passes'> {
    if (this.#end === null) return { until: this.#horizon };
    const { until, passes = [] } = this.#book;
    const pass: Pass = { to: this.#end, asOf: this.#horizon };
    return { until, passes: [...passes, pass] };
  }

  async #readPass(): Promise<void> {
    let end: string | null = null;
    for await (const entry of this.#shelf.journal(countedTo(this.#book))) {
      const at = entry.moves.at(-1)?.at ?? '';
      if (end !== null && at > end) {
        this.#end = end;
        return;
      }
      this.#add(entry);
      const isFull = this.#seen.size >= PACE.entriesAPass && at <= this.#horizon;
      if (isFull) end ??= endOfLeaf(at);
    }
  }

  async #readRecent(): Promise<void> {
    for await (const entry of this.#shelf.journal(this.#horizon)) this.#add(entry);
  }

  #add(entry: JournalEntry): void {
    const { id, moves } = entry;
    const then = lastMove(entry, this.#horizon);
    // What moves while the index is read is found twice.
    if (this.#seen.has(id) || !this.#isOfPass(then?.at ?? '')) return;
    this.#seen.add(id);
    const before = countedPart(this.#book, entry);
    const part = then?.part ?? null;
    if (before !== part) this.#moved += 1;
    this.settled.move(id, before, part);
    this.recent.move(id, part, moves.at(-1)?.part ?? null);
  }

  #isOfPass(at: string): boolean {
    return this.#end === null || (at > countedTo(this.#book) && at <= this.#end);
  }
}

/** Until when all is settled: the end of a leaf, so that none is stored with half its entries. */
function horizonOf(nowMs: number): string {
  return new Date(leafAt(nowMs - SETTLED_AFTER_MS) - 1).toISOString();
}

function endOfLeaf(at: string): string {
  return new Date(leafAt(Date.parse(at)) + LEAF_MS - 1).toISOString();
}

/** When the leaf of a time begins. */
function leafAt(timeMs: number): number {
  return Math.floor(timeMs / LEAF_MS) * LEAF_MS;
}
