import * as z from 'zod/mini';
import { hasCardNumber } from '#ledger/cards/card-numbers.ts';

/**
 * Kinds of fields in HighLevel's requests (contract 1.9). Numbers and booleans may come as text:
 * those of a query do, and so do those of bodies that are made by forms, by tools for people who do
 * not program, or after the examples of the contract. They are functions, so that a bundle that uses
 * one makes no others when it is loaded.
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

/** The rule that no card number is in a text. */
export function noCardNumber() {
  return z.refine<string>(
    (value) => !hasCardNumber(value),
    'must not contain the number of a card',
  );
}

/** A name, an id, or a text that people are shown, in which no card number belongs. */
export function nameText(most: number) {
  return text(most).check(noCardNumber());
}

/** A number of a parcel or a cheque, which may look like that of a card if nothing else is there. */
export function lookalikeNumber(most: number) {
  return text(most).check(
    z.refine(
      (value) => /^[\d\s-]+$/.test(value) || !hasCardNumber(value),
      'must not contain the number of a card',
    ),
  );
}

/** An e-mail address. */
export function email() {
  return text(254).check(
    z.refine((value) => /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(value), 'must be an email'),
    noCardNumber(),
  );
}

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
