import * as z from 'zod/mini';
import { hasCardNumber, withoutCardNumbers } from '#ledger/cards/card-numbers.ts';
import { passesLuhn } from '#ledger/cards/luhn.ts';
import { filterTime } from './time.ts';

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
const textual = z.transform((value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : value,
);

/**
 * Absent, null and empty text all mean that a field was not given, and so does an empty list: PHP
 * writes an empty object so.
 */
export function optional<T extends z.ZodMiniType>(type: T) {
  return z.pipe(
    z.transform((value: unknown) => (isNothing(value) ? undefined : value)),
    z.optional(type),
  );
}

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

function wholeNumber(least: number, most: number, words: string) {
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

/** Text for people to read: a card number in it is left with its last four digits. */
export function freeText(most: number) {
  return z.pipe(text(most), z.transform(withoutCardNumbers));
}

const noCardNumber = z.refine<string>(
  (value) => !hasCardNumber(value),
  'must not have the number of a card in it',
);

/** A name of something, or of somebody as on a card: a masked one would be another's. */
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

export const flag = z.pipe(
  z.transform((value: unknown) => FLAGS.get(value) ?? value),
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

const FILTER_WORDS =
  'must be a time in Madrid as YYYYMMDDHHmm, such as 202611211230, or an ISO 8601 one';

/** A `YYYYMMDDHHmm` filter in Madrid, as milliseconds since 1970. */
export const filterMinute = z.pipe(
  z.pipe(textual, z.string(FILTER_WORDS)),
  z.pipe(z.transform(filterTime), z.number(FILTER_WORDS)),
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
  ),
  z.transform(asciiUrl),
);

/** A URL as it was written where that can go into a header, else in its encoded form. */
function asciiUrl(value: string): string {
  return /^[\x21-\x7e]+$/.test(value) ? value : new URL(value).href;
}
/** An e-mail address; the documentation's own examples end a name with a dot. */
export const email = z.pipe(
  text(254),
  z.string().check(z.regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/, 'must be an e-mail address')),
);

const ipAddress = z.union([z.ipv4(), z.ipv6()], 'must be an IPv4 or IPv6 address');

/** The payer's address: the first of a list, as proxies write it (contract J). */
export const customerIp = optional(
  z.pipe(
    z.transform((value: unknown) =>
      typeof value === 'string' ? value.split(',', 1)[0]?.trim() : value,
    ),
    optional(ipAddress),
  ),
);

const CVV_WORDS = 'must be 3 or 4 digits';

export const cvv = z.pipe(textual, z.string(CVV_WORDS).check(z.regex(/^\d{3,4}$/, CVV_WORDS)));

/** A month as `1`, `01` or 1, kept as two digits. */
export const expiryMonth = z.pipe(
  wholeNumber(1, 12, 'must be a month from 01 to 12'),
  z.transform((month) => String(month).padStart(2, '0')),
);

const YEAR_WORDS = 'must be a year as 34 or 2034';

/** A year as two or four digits, kept as two. */
export const expiryYear = z.pipe(
  z.pipe(textual, z.string(YEAR_WORDS).check(z.trim(), z.regex(/^(20)?\d{2}$/, YEAR_WORDS))),
  z.transform((year) => year.slice(-2)),
);

const NUMBER_WORDS = 'must be a card number of 12 to 19 digits';

/** A card number, spaces and hyphens tolerated, that passes the Luhn check. */
export const cardNumber = z.pipe(
  z.pipe(
    textual,
    z.pipe(
      z.string(NUMBER_WORDS),
      z.transform((value) => value.replace(/[\s-]/g, '')),
    ),
  ),
  z
    .string()
    .check(
      z.regex(/^\d{12,19}$/, NUMBER_WORDS),
      z.refine(passesLuhn, 'must be a card number: its last digit, a check, is wrong'),
    ),
);
