import { withLatinDigits } from '#ledger/core/latin-digits.ts';

/** What people put between the digits of a telephone, and an extension after them. */
const TELEPHONE = /^\(?\+?[\d\s().'’/·\p{Pd}]{3,}((x|ext\.?|#)\s*\d{1,6})?$/iu;

/** Whether a text can be a telephone as people of some country write it. */
export function isTelephone(text: string): boolean {
  return TELEPHONE.test(withLatinDigits(text));
}

/**
 * A telephone as clients send it, in two parts, as one text: `+34666554411`. The prefix may lack its
 * plus sign or have two zeros for it, and the number its own blanks, dashes and dots, an extension,
 * or the `(0)` that is left out from abroad. A number that has its prefix in front already, and what
 * is no number, stay as they are.
 */
export function telephoneOf(prefix: string | null, number: string): string {
  const country = (prefix ?? '').replace(/\D/g, '').replace(/^00/, '');
  const isNational = isTelephone(number) && !/^\(?(00|\+)/.test(withLatinDigits(number));
  return country === '' || !isNational ? number : `+${country}${digitsOf(number)}`;
}

/** The digits of a telephone, without an extension and the `(0)` that is left out from abroad. */
export function digitsOf(text: string): string {
  const [main = ''] = withLatinDigits(text).split(/x|ext|#/i, 1);
  return main.replace('(0)', '').replace(/\D/g, '');
}
