/** What happened in a run, in the order in which it happened, as a person reads it. */
export class History {
  readonly #entries: { atMs: number; who: string; what: string }[] = [];
  readonly #nowMs: () => number;
  readonly #startMs: number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#startMs = nowMs();
  }

  add(who: string, what: string): void {
    this.#entries.push({ atMs: this.#nowMs(), who, what });
  }

  text(): string {
    return this.#entries
      .map(({ atMs, who, what }) => {
        const seconds = ((atMs - this.#startMs) / 1000).toFixed(3).padStart(9);
        return `${seconds}  ${who.padEnd(28)}  ${what}`;
      })
      .join('\n');
  }
}
