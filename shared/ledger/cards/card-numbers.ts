import { passesLuhn } from './luhn.ts';

/** Digits with single blanks or hyphens between them, as people write card numbers. */
const DIGITS = /\d(?:[ -]?\d)+/g;

/** About one UUID in four thousand contains digits that could be a card number by chance. */
const UUID = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi;

/** The first digits of the schemes' numbers, and how long these are. */
const SCHEMES: readonly { prefix: RegExp; lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 18, 19] },
  { prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^3(0[0-5]|[689])/, lengths: [14, 16, 19] },
  { prefix: /^(6011|65|64[4-9]|622)/, lengths: [16, 17, 18, 19] },
  { prefix: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^62/, lengths: [14, 15, 16, 17, 18, 19] },
  { prefix: /^(5018|5020|5038|5893|6304|6759|676[123])/, lengths: [13, 14, 15, 16, 17, 18, 19] },
];

/** Whether a text has the number of a card of a known scheme in it. */
export function hasCardNumber(text: string): boolean {
  return (text.replace(UUID, '#').match(DIGITS) ?? []).some(isCardNumber);
}

/** The text with all but the last four digits of card numbers masked; UUIDs stay as they are. */
export function withoutCardNumbers(text: string): string {
  const between = text.split(UUID).map(masked);
  return (text.match(UUID) ?? []).reduce(
    (sum, uuid, index) => sum + uuid + (between[index + 1] ?? ''),
    between[0] ?? '',
  );
}

function masked(text: string): string {
  return text.replace(DIGITS, (digits) =>
    isCardNumber(digits) ? `****${digits.replace(/[ -]/g, '').slice(-4)}` : digits,
  );
}

/**
 * A JSON value with the card numbers in all its texts and numbers masked; telephone numbers stay as
 * they are.
 */
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
      /phone$/i.test(name) ? inner : withoutCardNumbersIn(inner),
    ]),
  );
}

function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  const isOfScheme = SCHEMES.some(
    ({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits),
  );
  return isOfScheme && passesLuhn(digits);
}
