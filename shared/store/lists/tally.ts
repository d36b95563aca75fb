import type { ObjectId } from '#ledger/core/ids.ts';

/** The part of a list that every entry belongs to. */
export const ALL = '*';

/** Entries are counted in buckets of ten seconds. */
export const BUCKET_MS = 10_000;
export const DAY_MS = 24 * 3_600_000;

/** How many entries of each part. */
export type Counts = Record<string, number>;

/** How many entries of each part there are in each bucket of a day. */
export type DayCounts = Record<number, Counts>;

/** Changes of counts, by day and bucket. */
export class Tally {
  readonly days = new Map<string, DayCounts>();

  /** An entry that leaves one part for another; null is outside of the list. */
  move(id: ObjectId, from: string | null, to: string | null): void {
    if (from === to) return;
    if (from === null) this.#add(id, ALL, 1);
    if (from !== null && from !== '') this.#add(id, from, -1);
    if (to !== null && to !== '') this.#add(id, to, 1);
  }

  addAll(other: Tally): void {
    for (const [day, counts] of other.days)
      this.days.set(day, sumOfDays(this.days.get(day), counts));
  }

  #add(id: ObjectId, part: string, count: number): void {
    const timeMs = timeOf(id);
    const day = new Date(timeMs).toISOString().slice(0, 10);
    const bucket = Math.floor((timeMs % DAY_MS) / BUCKET_MS);
    const counts = this.days.get(day) ?? {};
    counts[bucket] = sumOf(counts[bucket] ?? {}, { [part]: count });
    this.days.set(day, counts);
  }
}

/** The time that an id carries, to the millisecond. */
function timeOf(id: ObjectId): number {
  const ms = Number.parseInt(id.slice(8, 12), 16) >> 6;
  return Number.parseInt(id.slice(0, 8), 16) * 1000 + Math.min(ms, 999);
}

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

export function sumOfDays(one: DayCounts = {}, other: DayCounts = {}): DayCounts {
  const sum = { ...one };
  for (const [bucket, counts] of Object.entries(other)) {
    const total = sumOf(sum[Number(bucket)] ?? {}, counts);
    if (Object.keys(total).length === 0) delete sum[Number(bucket)];
    else sum[Number(bucket)] = total;
  }
  return sum;
}

/** The counts of a whole day. */
export function totalOf(day: DayCounts): Counts {
  return Object.values(day).reduce(sumOf, {});
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
