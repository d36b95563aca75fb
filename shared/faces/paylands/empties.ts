import { readable, readableNumber } from './readable.ts';

/** The body that PHP makes of no fields is `[]`: an object without any (contract J). */
export function emptyListAsObject(body: unknown): unknown {
  return Array.isArray(body) && body.length === 0 ? {} : body;
}

/**
 * A value without the empty objects and lists in it, or undefined when nothing else was there. PHP
 * writes an empty object as `[]`, which stands for nothing given; and what PHP reads from `{}` it
 * writes back as `[]`, so that nothing empty may come into a hash (contract B.4, J). Texts and
 * numbers are as `readable` and `readableNumber` make them.
 */
export function withoutEmpties(value: unknown): unknown {
  if (typeof value === 'string') return readable(value);
  if (typeof value === 'number') return readableNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept = value.map(withoutEmpties).filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  const entries = Object.entries(value).map(([key, one]) => [key, withoutEmpties(one)] as const);
  const kept = entries.filter(([, one]) => one !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
