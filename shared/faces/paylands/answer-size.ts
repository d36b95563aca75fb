import { phpJson } from './json.ts';

/** A function can answer 6 MB; lists end before, with room for what is around their rows. */
const MAX_BYTES = 5 * 1024 * 1024;

/** How many of the first rows fit into an answer; one always does. */
export function fitting(rows: Iterable<object>): number {
  let count = 0;
  let bytes = 0;
  for (const row of rows) {
    bytes += phpJson(row, true).length + 1;
    if (bytes > MAX_BYTES) break;
    count += 1;
  }
  return Math.max(count, 1);
}
