import { type Counts, sumOf } from './counts.ts';
import { type Leaves, sumOfLeaves, totalOfLeaves } from './leaves.ts';

/**
 * The counts of a day as they are stored. Those of ten minutes with many are a sheet, an item of its
 * own, so that a page does not read what a whole busy day has.
 */
export interface DayCounts {
  leaves: Leaves;
  /** By the number of their ten minutes. */
  sheets: Record<string, Sheet>;
}

/** The counts of ten minutes together, and under which name those of their leaves are kept. */
export interface Sheet {
  edition: string;
  counts: Counts;
}

export const NO_COUNTS: DayCounts = { leaves: {}, sheets: {} };

const LEAVES_A_SHEET = 60;
const SHEET_MS = 600_000;

/** With more counts than so many, ten minutes are a sheet. */
const MAX_COUNTS = 60;

/** When of a day a sheet begins and ends, in milliseconds. */
export function timesOfSheet(sheet: string): { fromMs: number; toMs: number } {
  const fromMs = Number(sheet) * SHEET_MS;
  return { fromMs, toMs: fromMs + SHEET_MS };
}

/** The sheets that leaves fall into, each with its own. */
export function bySheet(leaves: Leaves): Map<string, Leaves> {
  const found = new Map<string, Leaves>();
  for (const [leaf, counts] of Object.entries(leaves)) {
    const sheet = String(Math.floor(Number.parseInt(leaf, 10) / LEAVES_A_SHEET));
    const own = found.get(sheet) ?? {};
    own[leaf] = counts;
    found.set(sheet, own);
  }
  return found;
}

/** A day with changes that are not stored yet; those in a sheet are only added to its counts. */
export function withChanges({ leaves, sheets }: DayCounts, changes: Leaves): DayCounts {
  const [own, changed]: [Leaves, DayCounts['sheets']] = [{}, { ...sheets }];
  for (const [name, ofSheet] of bySheet(changes)) {
    const sheet = sheets[name];
    if (sheet === undefined) Object.assign(own, ofSheet);
    else changed[name] = { ...sheet, counts: sumOf(sheet.counts, totalOfLeaves(ofSheet)) };
  }
  return { leaves: sumOfLeaves(leaves, own), sheets: changed };
}

/** The counts of a whole day. */
export function totalOfDay({ leaves, sheets }: DayCounts): Counts {
  return Object.values(sheets)
    .map((sheet) => sheet.counts)
    .reduce(sumOf, totalOfLeaves(leaves));
}

/**
 * The next edition of a day, and of the sheets that changes fall into, which are written under its
 * name; `known` are the leaves of those that it has.
 */
export function revised(
  day: DayCounts,
  known: ReadonlyMap<string, Leaves>,
  changes: Leaves,
  edition: string,
): { day: DayCounts; sheets: Map<string, Leaves> } {
  const [leaves, sheets] = [{ ...day.leaves }, { ...day.sheets }];
  const written = new Map<string, Leaves>();
  const inDay = bySheet(day.leaves);
  for (const [name, own] of bySheet(changes)) {
    const plain = inDay.get(name) ?? {};
    for (const leaf of Object.keys(plain)) delete leaves[leaf];
    delete sheets[name];
    const next = sumOfLeaves(sumOfLeaves(known.get(name) ?? {}, plain), own);
    if (countsIn(next) > MAX_COUNTS) {
      sheets[name] = { edition, counts: totalOfLeaves(next) };
      written.set(name, next);
    } else Object.assign(leaves, next);
  }
  return { day: { leaves, sheets }, sheets: written };
}

function countsIn(leaves: Leaves): number {
  return Object.values(leaves).reduce((sum, counts) => sum + Object.keys(counts).length, 0);
}
