import { ALL, type Counts, sumOf } from './counts.ts';

/**
 * How many entries of each part there are in each leaf of a day. A leaf is a tenth of a minute,
 * `123`, or a second of it, `123.4`, or a tenth of that, `123.45`. No two of a day overlap.
 */
export type Leaves = Record<string, Counts>;

/** Where there are no more entries than so many, they are not told apart by a finer time. */
const FEW = 32;

/** How long the longest leaves are. */
export const LEAF_MS = 10_000;
const FINEST_MS = 100;

/** The finest leaf of a time of day. */
export function leafAt(ofDayMs: number): string {
  const finest = Math.floor((ofDayMs % LEAF_MS) / FINEST_MS);
  return `${Math.floor(ofDayMs / LEAF_MS)}.${String(finest).padStart(2, '0')}`;
}

/** When of a day a leaf begins and ends, in milliseconds. */
export function timesOf(leaf: string): { fromMs: number; toMs: number } {
  const [tenth = '', digits = ''] = leaf.split('.');
  const lengthMs = LEAF_MS / 10 ** digits.length;
  const fromMs = Number(tenth) * LEAF_MS + Number(digits) * lengthMs;
  return { fromMs, toMs: fromMs + lengthMs };
}

/** Adds leaves up: as fine as both allow, and no finer than their entries are worth. */
export function sumOfLeaves(one: Leaves, other: Leaves): Leaves {
  const sum = { ...one };
  for (const [leaf, counts] of Object.entries(other)) sum[leaf] = sumOf(sum[leaf] ?? {}, counts);
  return folded(folded(sum, secondOf), tenthOf);
}

/** The counts of all leaves together. */
export function totalOfLeaves(leaves: Leaves): Counts {
  return Object.values(leaves).reduce(sumOf, {});
}

const tenthOf = (leaf: string): string => leaf.split('.')[0] ?? '';

/** A tenth of a minute is none. */
const secondOf = (leaf: string): string => /^\d+\.\d/.exec(leaf)?.[0] ?? leaf;

/** With what is in a coarser leaf, where that is there or has few entries. */
function folded(leaves: Leaves, coarserOf: (leaf: string) => string): Leaves {
  const byCoarser = Map.groupBy(Object.entries(leaves), ([leaf]) => coarserOf(leaf));
  const result: Leaves = {};
  for (const [coarser, finer] of byCoarser) {
    const total = finer.map(([, counts]) => counts).reduce(sumOf, {});
    const isFolded = coarser in leaves || (total[ALL] ?? 0) <= FEW;
    for (const [leaf, counts] of isFolded ? [[coarser, total] as const] : finer) {
      if (Object.keys(counts).length > 0) result[leaf] = counts;
    }
  }
  return result;
}
