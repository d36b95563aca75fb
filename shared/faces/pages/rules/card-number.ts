// One file of the package: the whole of it weighs 5 KB more in every bundle.
import { cardNumber } from 'card-validator/dist/card-number.js';
import isLuhnValid from 'card-validator/dist/luhn-10.js';

/** What the first digits of a card number say about it. */
export interface CardKind {
  /** `visa`, `mastercard`, `american-express` … */
  type: string;
  name: string;
  /** After which digits people leave a space. */
  gaps: readonly number[];
  maxDigits: number;
  /** How many digits its security code has. */
  codeDigits: number;
}

/** The kind of a card as soon as its first digits leave only one, else null. */
export function kindOf(digits: string): CardKind | null {
  const { card } = cardNumber(digits);
  if (card === null) return null;
  const { type, niceType: name, gaps, lengths, code } = card;
  return { type, name, gaps, maxDigits: Math.max(...lengths), codeDigits: code.size };
}

/** Whether digits can be the whole number of a card. Brands that nobody has heard of may be new. */
export function isCardNumber(digits: string): boolean {
  const { card, isValid } = cardNumber(digits, { luhnValidateUnionPay: true });
  return card === null ? /^\d{12,19}$/.test(digits) && isLuhnValid(digits) : isValid;
}

/** Whether a text can be the security code of a card with this number. */
export function isSecurityCode(code: string, digits: string): boolean {
  const wanted = kindOf(digits)?.codeDigits;
  return wanted === undefined
    ? /^\d{3,4}$/.test(code)
    : /^\d+$/.test(code) && code.length === wanted;
}

/** A number as it stands on the card, in the groups of its brand. */
export function grouped(digits: string): string {
  const gaps = kindOf(digits)?.gaps ?? [4, 8, 12, 16];
  const starts = [0, ...gaps.filter((gap) => gap < digits.length)];
  return starts.map((start, index) => digits.slice(start, starts[index + 1])).join(' ');
}
