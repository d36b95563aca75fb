import type { ObjectId } from '#ledger/core/ids.ts';
import { ALL, sumOf } from './counts.ts';
import { type Leaves, leafAt, sumOfLeaves } from './leaves.ts';

export const DAY_MS = 24 * 3_600_000;

/** Changes of counts, by day and leaf. */
export class Tally {
  readonly days = new Map<string, Leaves>();

  /** An entry that leaves one part for another; null is outside of the list. */
  move(id: ObjectId, from: string | null, to: string | null): void {
    if (from === to) return;
    if (from === null) this.#add(id, ALL, 1);
    if (from !== null && from !== '') this.#add(id, from, -1);
    if (to !== null && to !== '') this.#add(id, to, 1);
  }

  addAll(other: Tally): void {
    for (const [day, leaves] of other.days) {
      this.days.set(day, sumOfLeaves(this.days.get(day) ?? {}, leaves));
    }
  }

  #add(id: ObjectId, part: string, count: number): void {
    const timeMs = timeOf(id);
    const day = new Date(timeMs).toISOString().slice(0, 10);
    const leaves = this.days.get(day) ?? {};
    const leaf = leafAt(timeMs % DAY_MS);
    leaves[leaf] = sumOf(leaves[leaf] ?? {}, { [part]: count });
    this.days.set(day, leaves);
  }
}

/** The time that an id carries, to the millisecond. */
function timeOf(id: ObjectId): number {
  const ms = Number.parseInt(id.slice(8, 12), 16) >> 6;
  return Number.parseInt(id.slice(0, 8), 16) * 1000 + Math.min(ms, 999);
}
