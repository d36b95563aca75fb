/**
 * A page of a list, of which one row more than the page holds was asked for: that there is one is
 * told by `next_offset`, as in `GET /orders` (contract C.4), so that no list is cut short in silence.
 */
export function pageOf<T>(
  found: readonly T[],
  { limit, offset }: { limit: number; offset: number },
): { rows: readonly T[]; more: { next_offset?: number } } {
  if (found.length <= limit) return { rows: found, more: {} };
  return { rows: found.slice(0, limit), more: { next_offset: offset + limit } };
}
