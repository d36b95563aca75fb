/** How many values one function instance remembers. */
const MAX_KEPT = 1000;

/** Remembers for some seconds what was found under a name, and forgets the oldest first. */
export class Remembered<T> {
  readonly #keepMs: number;
  readonly #found = new Map<string, { value: T; untilMs: number }>();

  constructor(keepSeconds: number) {
    this.#keepMs = keepSeconds * 1000;
  }

  /** The remembered value, or the result of `find`; a null result is not remembered. */
  async find(name: string, find: () => Promise<T | null>): Promise<T | null> {
    const kept = this.#found.get(name);
    if (kept !== undefined && kept.untilMs > Date.now()) return kept.value;
    this.#found.delete(name);
    const value = await find();
    if (value !== null) this.#keep(name, value);
    return value;
  }

  #keep(name: string, value: T): void {
    const [oldest] = this.#found.keys();
    if (this.#found.size >= MAX_KEPT && oldest !== undefined) this.#found.delete(oldest);
    this.#found.set(name, { value, untilMs: Date.now() + this.#keepMs });
  }
}
