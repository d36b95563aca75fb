import * as z from 'zod/mini';
import { passesLuhn } from '#ledger/cards/luhn.ts';
import { filterTime } from './time.ts';

/**
 * Field types of Paylands' requests (contract A.6): lenient in form (numbers as strings, booleans
 * as 0 and 1, empty strings for nothing), strict in substance.
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
export const amount = z.pipe(numeric, z.int().check(z.gte(0), z.lte(2147483647)));

/** An amount that moves money: zero would mean nothing. */
export const positiveAmount = z.pipe(numeric, z.int().check(z.gte(1), z.lte(2147483647)));

export function integer(least: number, most: number) {
  return z.pipe(numeric, z.int().check(z.gte(least), z.lte(most)));
}

/** Non-empty text of at most so many characters. */
export function text(most: number) {
  return z.pipe(
    textual,
    z.string().check(
      z.minLength(1),
      z.maxLength(most),
      z.refine((value) => value.isWellFormed()),
    ),
  );
}

/** A merchant's own identifier: it becomes part of a key, so control characters are refused. */
export const externalId = z.pipe(text(255), z.string().check(z.regex(/^[^\p{Cc}]+$/u)));

export const flag = z.pipe(
  z.transform((value: unknown) => FLAGS.get(value) ?? value),
  z.boolean(),
);

const FLAGS = new Map<unknown, boolean>([
  [0, false],
  [1, true],
  ['0', false],
  ['1', true],
  ['false', false],
  ['true', true],
]);

/** A UUID in any case; answers are upper case. */
export const uuid = z.pipe(
  z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)),
  z.transform((value) => value.toUpperCase()),
);

/** A `YYYYMMDDHHmm` filter in Madrid, as milliseconds since 1970. */
export const filterMinute = z.pipe(
  z.pipe(textual, z.string()),
  z.pipe(z.transform(filterTime), z.number()),
);

/**
 * An absolute http or https URL without credentials or control characters. What is not ASCII in it
 * is encoded, as in a header it has to be.
 */
export const webUrl = z.pipe(
  z.string().check(
    z.maxLength(2048),
    z.refine((value) => {
      const url = URL.parse(value);
      if (url === null || !/^https?:$/.test(url.protocol) || /\p{Cc}/u.test(value)) return false;
      return url.username === '' && url.password === '' && asciiUrl(value).length <= 2048;
    }),
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
  z.string().check(z.regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/)),
);

const ipAddress = z.union([z.ipv4(), z.ipv6()]);

/** The payer's address: the first of a list, as proxies write it (contract J). */
export const customerIp = optional(
  z.pipe(
    z.transform((value: unknown) =>
      typeof value === 'string' ? value.split(',', 1)[0]?.trim() : value,
    ),
    optional(ipAddress),
  ),
);

export const cvv = z.pipe(textual, z.string().check(z.regex(/^\d{3,4}$/)));

/** A month as `1`, `01` or 1, kept as two digits. */
export const expiryMonth = z.pipe(
  integer(1, 12),
  z.transform((month) => String(month).padStart(2, '0')),
);

/** A year as two or four digits, kept as two. */
export const expiryYear = z.pipe(
  z.pipe(textual, z.string().check(z.trim(), z.regex(/^(20)?\d{2}$/))),
  z.transform((year) => year.slice(-2)),
);

/** A card number, spaces and hyphens tolerated, that passes the Luhn check. */
export const cardNumber = z.pipe(
  z.pipe(
    textual,
    z.pipe(
      z.string(),
      z.transform((value) => value.replace(/[\s-]/g, '')),
    ),
  ),
  z.string().check(z.regex(/^\d{12,19}$/), z.refine(passesLuhn)),
);
