import { withLatinDigits } from '#ledger/core/latin-digits.ts';
import { passesLuhn } from './luhn.ts';

/**
 * One or two blanks, hyphens, dots or their like, as people and spreadsheets put between groups;
 * in an address on the web they are encoded.
 */
const GAP = String.raw`((?:[\s\p{Pd}\p{Cf}._/+·]|%(?:25)*[\dA-F]{2}){1,2})`;

/** As one number, or grouped as on cards; what follows after a blank may be a security code. */
const NOTATIONS = [
  String.raw`\d{14,19}`,
  String.raw`\d{4}${GAP}\d{4}\1\d{4}\1\d{4}\1\d{1,3}`,
  String.raw`\d{4}${GAP}\d{4}\1\d{4}\1\d{2,4}`,
  String.raw`\d{4}${GAP}\d{6}\1\d{4,5}`,
  String.raw`\d\d${GAP}(?:\d\d\1){5,8}\d{1,2}`,
  String.raw`\d${GAP}(?:\d\1){12,17}\d`,
].map((notation) => new RegExp(String.raw`${notation}(?!\d)`, 'iuy'));

/** Where a number may begin: what `%20` ends with is none of its digits. */
const BEGINNING = /(?:(?<!\d)|(?<=%(?:25)*[\dA-F]{2}))\d/gi;

/**
 * A UUID, an ObjectId or a digest: one SHA-256 in 2,350 has the digits of a card in it by chance.
 */
const IDENTIFIER =
  /(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})(?![0-9a-z])/gi;

/**
 * The first digits of the schemes' numbers, and how long those are that are in use. One of 13 digits
 * would rather be an EAN, an order of Shopify or a telephone number, a Visa of 18 an identity number
 * of China: a tenth of them have the check digit of a card by chance.
 */
const SCHEMES: readonly { prefix: RegExp; lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [16, 19] },
  { prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^3(0[0-5]|[689])/, lengths: [14, 16, 19] },
  { prefix: /^(6011|65|64[4-9]|622)/, lengths: [16, 17, 18, 19] },
  { prefix: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
  { prefix: /^(5018|5020|5038|5893|6304|6759|676[123])/, lengths: [16, 17, 18, 19] },
];

/**
 * References that begin with their time, as `YYMMDDHHMMSS`, are in Mastercard's second range until
 * 2027, in which one card of 300 has such digits.
 */
const TIMED = /^2[3-7](0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d{5}$/;

/** Whether a text has the number of a card of a known scheme in it. */
export function hasCardNumber(text: string): boolean {
  return withoutCardNumbers(text) !== text;
}

/**
 * The text with all but the last four digits of card numbers of known schemes masked; identifiers
 * stay as they are.
 */
export function withoutCardNumbers(text: string): string {
  return masked(text, isCardNumber);
}

/**
 * The same for errors and logs, where a client may have put a card number in the place of an
 * identifier: of whatever scheme.
 */
export function withoutLikelyCardNumbers(text: string): string {
  return masked(text, passesLuhn);
}

type Judge = (digits: string) => boolean;

function masked(text: string, isOne: Judge): string {
  const between = text.split(IDENTIFIER).map((part) => maskedPart(part, isOne));
  const [first = '', ...others] = between;
  const identifiers = text.match(IDENTIFIER) ?? [];
  return others.reduce((sum, part, index) => sum + identifiers[index] + part, first);
}

function maskedPart(text: string, isOne: Judge): string {
  const latin = withLatinDigits(text);
  let result = '';
  let end = 0;
  for (const { index } of latin.matchAll(BEGINNING)) {
    const number = index < end ? null : cardNumberAt(latin, index, isOne);
    if (number === null) continue;
    result += `${text.slice(end, index)}****${digitsOf(number).slice(-4)}`;
    end = index + number.length;
  }
  return result + text.slice(end);
}

function cardNumberAt(text: string, index: number, isOne: Judge): string | null {
  for (const notation of NOTATIONS) {
    notation.lastIndex = index;
    const [number] = notation.exec(text) ?? [];
    if (number !== undefined && isOne(digitsOf(number))) return number;
  }
  return null;
}

function digitsOf(number: string): string {
  return number.replace(/%(?:25)*[\dA-F]{2}|\D/gi, '');
}

/** A JSON value with the card numbers in all its texts and numbers masked. */
export function withoutCardNumbersIn(value: unknown): unknown {
  if (typeof value === 'string') return withoutCardNumbers(value);
  if (typeof value === 'number')
    return hasCardNumber(String(value)) ? withoutCardNumbers(String(value)) : value;
  if (Array.isArray(value)) return value.map(withoutCardNumbersIn);
  if (typeof value !== 'object' || value === null) return value;
  return withoutCardNumbersOf(value as Record<string, unknown>);
}

/** An object with the card numbers in its fields masked. */
export function withoutCardNumbersOf(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, inner]) => [
      withoutCardNumbers(name),
      withoutCardNumbersIn(inner),
    ]),
  );
}

function isCardNumber(digits: string): boolean {
  const isOfScheme = SCHEMES.some(
    ({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits),
  );
  return isOfScheme && !TIMED.test(digits) && passesLuhn(digits);
}
