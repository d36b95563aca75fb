import * as z from 'zod/mini';
import { count, parameter, text } from './field-kinds.ts';

/** Fields that several of HighLevel's requests have (contract 1.9). */

/** Any object that may be kept with a payment; an order with all of its own is one item. */
export const smallObject = z
  .record(z.string(), z.unknown())
  .check(z.refine((value) => JSON.stringify(value).length <= 2048, 'must be a small object'));

/** A location's id: that it is the token's was checked before. */
export const locationId = text(64);

export const altType = z.literal('location');

/** An ObjectId. */
export const objectId = z
  .string()
  .check(z.refine((value) => /^[0-9a-f]{24}$/.test(value), 'must be a mongodb id'));

/** Ids of a query, separated by commas; each of them is looked up. */
export const idList = z.pipe(
  z.pipe(
    text(2000),
    z.transform((value) => [...new Set(value.split(',').filter((id) => id !== ''))]),
  ),
  z.array(z.string()).check(z.minLength(1), z.maxLength(50)),
);

/** `true` or `false`, as they are or as text: in any case, or as `1` and `0`, as PHP's forms have them. */
export const boolean = z.pipe(
  z.transform((value: unknown) =>
    typeof value === 'string' ? (FLAGS.get(value.toLowerCase()) ?? value) : value,
  ),
  z.boolean(),
);

const FLAGS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** A `YYYY-MM-DD` day, as milliseconds since 1970 at its beginning in UTC (contract 1.9). */
export const day = z.pipe(
  z
    .string()
    .check(
      z.refine(
        (value) => !Number.isNaN(beginningOf(value)),
        'must be a valid date in YYYY-MM-DD format',
      ),
    ),
  z.transform(beginningOf),
);

/** What every operation on a location's things carries in its query. */
export const altQuery = { altId: locationId, altType };

/** A page of a list; `limit` has the operation's own default. */
export const pageQuery = {
  limit: parameter(count(0, 1000)),
  offset: parameter(count(0, 100_000_000)),
};

/** NaN when there is no such day; a time after the day is ignored. */
function beginningOf(value: string): number {
  const date = value.slice(0, 10);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) return Number.NaN;
  return new Date(time).toISOString().startsWith(date) ? time : Number.NaN;
}
