/** What is known of one time that something was asked for. */
type Knowledge = 'done' | 'refused' | 'unknown';

/**
 * What the requests of a run asked for. Every time that a request without a key arrives it asks
 * once; all requests with one key ask once together.
 */
export class Asks {
  readonly #asks = new Map<string, Map<string, Knowledge>>();
  readonly #arrivals = new Map<string, number>();

  /** Notes what became of a request that asks for something; the last that is known counts. */
  note(ask: string, identity: string, knowledge: Knowledge): void {
    const known = this.#asks.get(ask) ?? new Map<string, Knowledge>();
    this.#asks.set(ask, known);
    // What is done stays done, whatever a repetition was told.
    if (known.get(identity) !== 'done') known.set(identity, knowledge);
  }

  /** How often something must have happened, and may have happened. */
  bounds(ask: string): { least: number; most: number } {
    const known = [...(this.#asks.get(ask)?.values() ?? [])];
    const least = known.filter((one) => one === 'done').length;
    return { least, most: known.filter((one) => one !== 'refused').length };
  }

  /** Counts a request that has arrived, whatever becomes of it. */
  arrive(ask: string): void {
    this.#arrivals.set(ask, this.arrivals(ask) + 1);
  }

  /** Takes back one that was only told what was answered before. */
  replay(ask: string): void {
    this.#arrivals.set(ask, this.arrivals(ask) - 1);
  }

  /** How many requests may have done something. */
  arrivals(ask: string): number {
    return this.#arrivals.get(ask) ?? 0;
  }

  /** Everything of a kind that was asked for. */
  of(kind: string): string[] {
    return [...this.#asks.keys()].filter((ask) => ask.startsWith(`${kind} `));
  }
}
