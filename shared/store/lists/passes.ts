import type { JournalEntry } from './journal.ts';

/**
 * A stretch of the journal that was counted at once: the entries whose last move until `asOf` was
 * after the pass before and not after `to`, each in the part that this move led to. `asOf` is never
 * before `to`, and was settled then, so that the moves of an entry say for ever whether a pass has
 * counted it, wherever in the journal later moves have put it.
 */
export interface Pass {
  /** ISO 8601, as all times here. */
  to: string;
  asOf: string;
}

/** What a book has counted: every entry as it was at `until`, and then pass by pass, oldest first. */
export interface Counted {
  until: string;
  passes?: readonly Pass[];
}

/** From when on the journal has to be read. */
export function countedTo({ until, passes }: Counted): string {
  return passes?.at(-1)?.to ?? until;
}

/** The part in which an entry has been counted, or null if it has not. */
export function countedPart(counted: Counted, { moves }: JournalEntry): string | null {
  let later = END_OF_TIME;
  for (const { at, part } of moves.toReversed()) {
    const pass = passOf(counted, at);
    if (pass !== undefined && pass.asOf < later) return part;
    if (at < later) later = at;
  }
  return null;
}

/** Sorts after every time. */
const END_OF_TIME = '~';

/** The pass whose stretch a time is in. */
function passOf({ until, passes = [] }: Counted, at: string): Pass | undefined {
  if (at <= until) return { to: until, asOf: until };
  if (at > (passes.at(-1)?.to ?? '')) return undefined;
  return passes.find(({ to }) => at <= to);
}
