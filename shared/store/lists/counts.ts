/** The part of a list that every entry belongs to. */
export const ALL = '*';

/** How many entries of each part. */
export type Counts = Record<string, number>;

/** Adds counts up; what comes to nothing is left out. */
export function sumOf(one: Counts, other: Counts): Counts {
  const sum = { ...one };
  for (const [part, count] of Object.entries(other)) {
    const total = (sum[part] ?? 0) + count;
    if (total === 0) delete sum[part];
    else sum[part] = total;
  }
  return sum;
}

/** Which parts of a list are meant; `ALL` is one of them, and has every entry. */
export type Parts = (part: string) => boolean;

/** Each of these parts. */
export const partsNamed =
  (...names: readonly string[]): Parts =>
  (part) =>
    names.includes(part);

/** How many entries some parts have together. */
export function countOf(counts: Counts, isMeant: Parts): number {
  return Object.entries(counts).reduce(
    (sum, [part, count]) => sum + (isMeant(part) ? count : 0),
    0,
  );
}
