import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LedgerError } from '#ledger/core/errors.ts';
import { OpenBook } from '#store/lists/book.ts';
import { type Counts, sumOf } from '#store/lists/counts.ts';
import { paced } from '#test/support/pace.ts';
import { ModelShelf, World } from './shelf-model.ts';

paced({ entriesAPass: 3, changesToKeep: 4, lookMs: 1 });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A round trip; the index shows what was written within two. */
const CALL_MS = 1000;
const NOON_MS = Date.UTC(2026, 4, 1, 12);
const MINUTE_MS = 60_000;
const MOST_AGE_MS = 1900;

/** A counter, whose every call to the store is a step that the test lets it take. */
class Reader {
  readonly #world: World;
  readonly #aheadMs: number;
  #last: 'book' | 'journal' | 'write' | null = null;
  #callsLeft: number;
  #go: ((answer: { ageMs: number }) => void) | null = null;
  readonly #startedMs: number;
  counts: Counts | null = null;
  failure: unknown = null;
  isOver = false;

  constructor(world: World, { aheadMs, isPatient, calls }: Omit<OpenStep, 'does'>) {
    this.#world = world;
    this.#aheadMs = aheadMs;
    this.#callsLeft = calls;
    this.#startedMs = world.nowMs;
    vi.setSystemTime(world.nowMs + aheadMs);
    // Nobody waits for the turn of another: that would take real time.
    const remainingMs = () => (isPatient && this.#last !== 'book' ? 60_000 : 0);
    const shelf = new ModelShelf(world, (call) => this.#turn(call));
    void this.#open(shelf, { remainingMs });
  }

  async go(ageMs: number): Promise<void> {
    vi.setSystemTime(this.#world.nowMs + this.#aheadMs);
    this.#go?.({ ageMs });
    this.#go = null;
    await setImmediate();
    this.#world.nowMs += CALL_MS;
  }

  async toEnd(): Promise<void> {
    while (!this.isOver) await this.go(0);
  }

  /** Whether nothing was written since this began that it might not have seen. */
  get isUndisturbed(): boolean {
    return this.#world.isAllSeen(this.#startedMs - MOST_AGE_MS);
  }

  #turn(call: 'book' | 'journal' | 'write'): Promise<{ ageMs: number }> {
    this.#last = call;
    this.#callsLeft -= 1;
    if (this.#callsLeft < 0) {
      this.isOver = true;
      return new Promise(() => {});
    }
    return new Promise((resolve) => {
      this.#go = resolve;
    });
  }

  async #open(shelf: ModelShelf, deadline: { remainingMs(): number }): Promise<void> {
    try {
      const book = await OpenBook.open(shelf, deadline);
      this.counts = book
        .days()
        .map(([, counts]) => counts)
        .reduce(sumOf, {});
    } catch (error) {
      if (!(error instanceof LedgerError)) this.failure = error;
    }
    this.isOver = true;
  }
}

interface OpenStep {
  does: 'open';
  aheadMs: number;
  isPatient: boolean;
  calls: number;
}

const PATIENT = { aheadMs: 0, isPatient: true, calls: 1000 };

/** What a counter finds who is left alone. */
async function countedBy(world: World, aheadMs = 0): Promise<Counts | null> {
  const reader = new Reader(world, { ...PATIENT, aheadMs });
  await reader.toEnd();
  return reader.counts;
}

// What is noted is seen within a minute by every clock: 10 s ahead or behind and 15 s late where it
// is written, 2 s until the index has it, and 20 s ahead where it is read.
const aStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('write' as const),
      which: fc.nat(30),
      part: fc.constantFrom('open', 'paid', 'returned'),
      aheadMs: fc.constantFrom(-10_000, 0, 0, 10_000),
      lateMs: fc.constantFrom(0, 0, 4000, 15_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('burst' as const),
      count: fc.integer({ min: 2, max: 8 }),
      everyMs: fc.constantFrom(0, 1000, 11_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('open' as const),
      aheadMs: fc.constantFrom(-40_000, -5000, 0, 0, 20_000),
      isPatient: fc.boolean(),
      calls: fc.constantFrom(1, 3, 6, 12, 1000, 1000),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('go' as const),
      which: fc.nat(3),
      times: fc.constantFrom(1, 2, 5, 20),
      ageMs: fc.constantFrom(0, 0, 500, MOST_AGE_MS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 5000, 12_000, 30_000, 70_000),
    }),
  },
);

test('whenever entries move and counters stop, totals are those of a plain count', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { maxLength: 60, size: 'max' }), async (steps) => {
      const world = new World(NOON_MS);
      let readers: Reader[] = [];
      const look = (reader: Reader) => {
        if (reader.counts !== null && reader.isUndisturbed) {
          expect(reader.counts).toEqual(world.counts());
        }
      };
      for (const step of steps) {
        if (step.does === 'write') world.write(step.which, step);
        else if (step.does === 'burst') {
          world.burst(step.count, step.everyMs);
        } else if (step.does === 'pass') world.nowMs += step.ms;
        else if (step.does === 'open') readers.push(new Reader(world, step));
        else {
          const reader = readers[step.which % Math.max(1, readers.length)];
          for (let time = 0; time < step.times; time += 1) await reader?.go(step.ageMs);
        }
        for (const { failure } of readers) expect(failure).toBeNull();
        readers.filter(({ isOver }) => isOver).forEach(look);
        readers = readers.filter(({ isOver }) => !isOver);
      }
      world.nowMs += 20_000;
      for (const reader of readers) await reader.toEnd();
      for (const aheadMs of [-40_000, 0, 20_000]) {
        // Null while it is the turn of one that is gone.
        expect([null, world.counts()]).toContainEqual(await countedBy(world, aheadMs));
        world.nowMs += 15_000;
      }
      world.nowMs += 3 * MINUTE_MS;
      expect(await countedBy(world)).toEqual(world.counts());
      expect(await countedBy(world)).toEqual(world.counts());
    }),
    { numRuns: 500 },
  );
}, 600_000);

test('an entry may move before any answer of the index, and the next one be behind', async () => {
  const all = fc.record({
    settled: fc.constantFrom(3, 4, 8),
    recent: fc.nat(6),
    which: fc.nat(7),
    movedAt: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(all, async ({ settled, recent, which, movedAt }) => {
      const world = new World(NOON_MS);
      world.burst(settled, 11_000);
      world.nowMs += 70_000;
      world.burst(recent, 1000);
      const reader = new Reader(world, PATIENT);
      for (let call = 0; !reader.isOver; call += 1) {
        if (call === movedAt) world.write(which, { part: 'paid', aheadMs: 0, lateMs: 0 });
        await reader.go(call === movedAt + 1 ? MOST_AGE_MS : 0);
      }
      world.nowMs += 3 * MINUTE_MS;
      expect(await countedBy(world)).toEqual(world.counts());
    }),
    { numRuns: 500 },
  );
});

test('what moved within ten seconds is stored at once: half of it would blur what comes after', async () => {
  const world = new World(NOON_MS);
  world.burst(9, 100);
  // Half of it is settled.
  world.nowMs = NOON_MS + MINUTE_MS + 500;
  expect(await countedBy(world)).toEqual(world.counts());
  expect(world.book).toBeNull();
  world.burst(1, 0);
  world.nowMs += 2 * MINUTE_MS;
  expect(await countedBy(world)).toEqual(world.counts());
  // Three make a pass, but these are one; the last entry is the next.
  expect(world.book?.version).toBe(2);
});
