import * as z from 'zod/mini';
import { hasCardNumber } from '#ledger/cards/card-numbers.ts';

/**
 * Field types of HighLevel's requests (contract 1.9). Numbers and booleans may come as text: those
 * of a query do, and so do those of bodies that are made by forms, by tools for people who do not
 * program, or after the examples of the contract.
 */

/** A field that may be absent or null. */
export function optional<T extends z.ZodMiniType>(type: T) {
  return z.pipe(nullAsAbsent, z.optional(type));
}

const nullAsAbsent = z.transform((value: unknown): unknown => (value === null ? undefined : value));

/** A parameter of a query: empty is as good as absent. */
export function parameter<T extends z.ZodMiniType>(type: T) {
  return z.pipe(
    z.transform((value: unknown): unknown => (value === '' ? undefined : value)),
    z.optional(type),
  );
}

/**
 * An id that a list is filtered by. An empty one matches nothing: taken for no filter it would show
 * one buyer what another has bought.
 */
export function filterId(most: number) {
  return z.optional(z.union([z.literal(''), text(most)]));
}

/** Non-empty text; nothing but well-formed Unicode may become part of a key. */
export function text(most: number) {
  return z.string().check(
    z.minLength(1),
    z.maxLength(most),
    z.refine((value) => value.isWellFormed(), 'must be well-formed text'),
  );
}

/** A name, or a text that people are shown, in which no card number belongs. */
export function nameText(most: number) {
  return text(most).check(
    z.refine((value) => !hasCardNumber(value), 'must not contain the number of a card'),
  );
}

/** An e-mail address. */
export const email = text(254).check(
  z.refine((value) => /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(value), 'must be an email'),
);

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

const numeric = z.transform((value: unknown) =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value,
);

/** A whole number. */
export function count(least: number, most: number) {
  return z.pipe(
    numeric,
    z.number().check(
      z.gte(least),
      z.lte(most),
      z.refine((value) => Number.isInteger(value), 'must be an integer number'),
    ),
  );
}

/** A number that may have decimals. */
export function number(...checks: Parameters<z.ZodMiniNumber['check']>) {
  return z.pipe(numeric, z.number().check(...checks));
}

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

/** A rule over several fields is looked at even when others are wrong: all violations are listed. */
export function whenObject({ value }: { value: unknown }): boolean {
  return typeof value === 'object' && value !== null;
}

/** Rules of an object of which at least one of some fields must be given. */
export function anyOf<F extends string>(...fields: readonly F[]) {
  return fields.map((field) =>
    z.refine<{ [K in F]?: unknown }>((given) => fields.some((one) => given[one] !== undefined), {
      path: [field],
      error: 'should not be empty',
      when: whenObject,
    }),
  );
}

/** NaN when there is no such day; a time after the day is ignored. */
function beginningOf(value: string): number {
  const date = value.slice(0, 10);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) return Number.NaN;
  return new Date(time).toISOString().startsWith(date) ? time : Number.NaN;
}
