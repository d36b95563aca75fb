import { AsyncLocalStorage } from 'node:async_hooks';

/** Whoever runs code in a world. */
export interface Actor {
  /** How far its clock is off, in milliseconds. */
  readonly skewMs: number;
  /**
   * Takes what it was waiting for: now, later, or never, if it is dead. Between two of these
   * nothing can be seen of it, so dying here is dying at any await.
   */
  take(go: () => void): void;
}

interface Event {
  atMs: number;
  order: number;
  run: (() => void) | null;
}

/** A scheduled event that can be taken back. */
export interface Scheduled {
  cancel(): void;
}

/** Before any of it is replaced. */
const realSetImmediate = setImmediate;

/**
 * Time that passes only when everybody waits. Events run one after another in the order of their
 * times; after each, all that follows from it without waiting is done. One thread, one order: a
 * seed gives the same history again.
 */
export class VirtualTime {
  readonly actors = new AsyncLocalStorage<Actor | undefined>();
  #nowMs: number;
  #count = 0;
  #heap: Event[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  /** The true time, which nobody in the world can ask for. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** How many events there were. */
  get events(): number {
    return this.#count;
  }

  /** The time as the clock of whoever asks shows it. */
  clockMs(): number {
    return this.#nowMs + (this.actors.getStore()?.skewMs ?? 0);
  }

  /** Runs something later, as whoever asks for it, if that one lives to see it. */
  after(ms: number, run: () => void): Scheduled {
    const actor = this.actors.getStore();
    if (actor === undefined) return this.always(ms, run);
    return this.always(ms, () => actor.take(() => this.actors.run(actor, run)));
  }

  /** Runs something later, whatever became of who asks for it. */
  always(ms: number, run: () => void): Scheduled {
    this.#count += 1;
    const event: Event = { atMs: this.#nowMs + Math.max(0, ms), order: this.#count, run };
    this.#push(event);
    return {
      cancel() {
        event.run = null;
      },
    };
  }

  /** Lasts for ever to who is dead by then. */
  wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.after(ms, resolve);
    return promise;
  }

  /**
   * Lets time pass until something is done.
   * @throws when nobody waits for anything, or it takes longer than the given virtual time
   */
  async until<T>(work: Promise<T>, mostMs: number): Promise<T> {
    let state: 'waiting' | 'over' = 'waiting';
    const over = () => {
      state = 'over';
    };
    work.then(over, over);
    const endMs = this.#nowMs + mostMs;
    await turn();
    while (state === 'waiting') {
      const event = this.#pop();
      if (event === undefined) throw new Error('Everybody waits for ever');
      if (event.run === null) continue;
      if (event.atMs > endMs) throw new Error(`Not done after ${mostMs} ms`);
      this.#nowMs = Math.max(this.#nowMs, event.atMs);
      event.run();
      await turn();
    }
    return work;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || isBefore(parent, event)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = right !== undefined && left !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (child === undefined || isBefore(last, child)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

/** Everything that can be done without waiting is done. */
function turn(): Promise<void> {
  return new Promise((resolve) => realSetImmediate(resolve));
}
