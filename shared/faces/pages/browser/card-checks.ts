import { isCardNumber, isSecurityCode } from '#faces/pages/rules/card-number.ts';
import { isOver, readExpiry } from '#faces/pages/rules/expiry.ts';
import { type CardInputs, digitsOf } from './card-inputs.ts';
import type { Check } from './checks.ts';

/** What is said of a card's fields, in its reader's language, as attributes of the form. */
export type CardWords = Partial<Record<'number' | 'expiry' | 'expired' | 'cvv', string>>;

/** The checks of the fields of a card: the server makes the same ones again. */
export function cardChecks(
  { number, expiry, cvv }: CardInputs,
  words: CardWords,
): Record<keyof CardInputs, Check> {
  return {
    number: () => (isCardNumber(digitsOf(number.value)) ? null : (words.number ?? '')),
    expiry() {
      const read = readExpiry(expiry.value);
      if (read === null) return words.expiry ?? '';
      return isOver(read, Date.now()) ? (words.expired ?? '') : null;
    },
    cvv: () =>
      isSecurityCode(cvv.value.trim(), digitsOf(number.value)) ? null : (words.cvv ?? ''),
  };
}
