import * as z from 'zod/mini';
import { hasCardNumber, withoutCardNumbers } from '#ledger/cards/card-numbers.ts';
import { withPlainLines } from './readable.ts';

/**
 * Field types of Paylands' requests (contract A.6): lenient in form (numbers as strings, booleans
 * as 0 and 1, empty strings for nothing), strict in substance. Each says in words what it must be:
 * who got a field wrong is told so.
 */

/** A number that may come as text, or as what is left of 19.99 times 100 in floating point. */
const numeric = z.transform((value: unknown) => {
  if (typeof value === 'string' && /^\s*-?\d+\s*$/.test(value)) return Number(value);
  if (typeof value !== 'number') return value;
  const whole = Math.round(value);
  return Math.abs(value - whole) <= 1e-6 && Number.isSafeInteger(whole) ? whole : value;
});

/** Text that may come as a number; nothing but well-formed Unicode may become part of a key. */
export const textual = z.transform((value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : value,
);

/**
 * Absent, null and empty text all mean that a field was not given, and so does an empty list: PHP
 * writes an empty object so.
 */
export function optional<T extends z.ZodMiniType>(type: T) {
  return z.pipe(nothingAsAbsent, z.optional(type));
}

const nothingAsAbsent = z.transform((value: unknown) => (isNothing(value) ? undefined : value));

function isNothing(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** An amount in minor units, 0 to 2147483647. */
export const amount = wholeNumber(0, 2147483647, cents(0));

/** An amount that moves money: zero would mean nothing. */
export const positiveAmount = wholeNumber(1, 2147483647, cents(1));

export function integer(least: number, most: number) {
  return wholeNumber(least, most, `must be a whole number from ${least} to ${most}`);
}

function cents(least: number): string {
  return `must be a whole number of cents from ${least} to 2147483647, for example 1050 for 10.50`;
}

export function wholeNumber(least: number, most: number, words: string) {
  return z.pipe(numeric, z.int(words).check(z.gte(least, words), z.lte(most, words)));
}

/** Non-empty text of at most so many characters. */
export function text(most: number) {
  const words = `must be text of 1 to ${most} characters`;
  return z.pipe(
    textual,
    z.string(words).check(
      z.minLength(1, words),
      z.maxLength(most, words),
      z.refine((value) => value.isWellFormed(), words),
    ),
  );
}

/**
 * Text for people to read: a card number in it is left with its last four digits, and its line ends
 * are plain.
 */
export function freeText(most: number) {
  return z.pipe(
    text(most),
    z.transform((value) => withoutCardNumbers(withPlainLines(value))),
  );
}

const CARD_NUMBER_WORDS = 'must not have the number of a card in it';

const noCardNumber = z.refine<string>((value) => !hasCardNumber(value), CARD_NUMBER_WORDS);

/** A name, an address or an id of something or somebody: a masked one would be another's. */
export function nameText(most: number) {
  return z.pipe(text(most), z.string().check(noCardNumber));
}

export const personName = nameText(255);

/** What moves money when it is given, and all of it when it is not: nothing is not left out by "". */
export const amountOrAll = z.pipe(
  z.transform((value: unknown): unknown => value ?? undefined),
  z.optional(positiveAmount),
);

/** A merchant's own identifier: it becomes part of a key, so control characters are refused. */
export const externalId = z.pipe(
  text(255),
  z.string().check(z.regex(/^[^\p{Cc}]+$/u, 'must have no control characters'), noCardNumber),
);

/** A boolean, also as 0 or 1, and as text in any case: Python writes `True`, CSV files `FALSE`. */
export const flag = z.pipe(
  z.transform((value: unknown) => {
    const flagged = FLAGS.get(typeof value === 'string' ? value.toLowerCase() : value);
    return flagged ?? value;
  }),
  z.boolean('must be true or false, or 1 or 0'),
);

const FLAGS = new Map<unknown, boolean>([
  [0, false],
  [1, true],
  ['0', false],
  ['1', true],
  ['false', false],
  ['true', true],
]);

const UUID_WORDS = 'must be a UUID, such as 2C1DE2D5-3246-4E4A-85B4-EA79BBA14674, not a token';

/** A UUID in any case; answers are upper case. */
export const uuid = z.pipe(
  z.string(UUID_WORDS).check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, UUID_WORDS)),
  z.transform((value) => value.toUpperCase()),
);

const URL_WORDS = 'must be a URL with http:// or https://, without credentials';

/**
 * An absolute http or https URL without credentials or control characters. What is not ASCII in it
 * is encoded, as in a header it has to be.
 */
export const webUrl = z.pipe(
  z.string(URL_WORDS).check(
    z.maxLength(2048, URL_WORDS),
    z.refine((value) => {
      const url = URL.parse(value);
      if (url === null || !/^https?:$/.test(url.protocol) || /\p{Cc}/u.test(value)) return false;
      return url.username === '' && url.password === '' && asciiUrl(value).length <= 2048;
    }, URL_WORDS),
    noCardNumber,
  ),
  z.transform(asciiUrl),
);

/** A URL as it was written where that can go into a header, else in its encoded form. */
function asciiUrl(value: string): string {
  return /^[\x21-\x7e]+$/.test(value) ? value : new URL(value).href;
}

const EMAIL_WORDS = 'must be an e-mail address';

/**
 * An e-mail address, blanks around it left out; the documentation's own examples end a name with a
 * dot. A line break would end a mail's head, also where what came is kept as it is.
 */
export const email = z.pipe(
  text(254),
  z
    .string()
    .check(
      z.regex(/^\P{Cc}+$/u, EMAIL_WORDS),
      z.trim(),
      z.regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, EMAIL_WORDS),
      noCardNumber,
    ),
);

const LANGUAGE_WORDS = 'must be a language, such as es';

/**
 * ISO 639-1, or a locale that begins with a language, as plugins, browsers and PHP have theirs:
 * `es_ES`, `de_DE_formal`, `zh-Hant-TW`, `es_ES.UTF-8`.
 */
export const language = z
  .string(LANGUAGE_WORDS)
  .check(z.regex(/^[a-zA-Z]{2,3}([-_.@][a-zA-Z0-9]{1,16}){0,4}$/, LANGUAGE_WORDS));
