import { isCardNumber, isSecurityCode } from '#faces/pages/rules/card-number.ts';
import { type Expiry, isOver, readExpiry } from '#faces/pages/rules/expiry.ts';
import { hasCardNumber } from '#ledger/cards/card-numbers.ts';
import type { CardEntry } from '#ledger/cards/entered-card.ts';
import type { Words } from './language.ts';
import type { Problems } from './view.ts';

/** The fields of a form, as a browser sends them. */
export type Fields = Readonly<Record<string, string>>;

export type ReadCard = { entry: CardEntry } | { problems: Problems };

/** Reads a card that was typed in, or says what is wrong with each field. */
export function readCard(fields: Fields, words: Words, nowMs: number): ReadCard {
  const holder = (fields.holder ?? '').trim();
  const pan = (fields.number ?? '').replace(/[\s-]/g, '');
  const cvv = (fields.cvv ?? '').trim();
  const expiry = readExpiry(fields.expiry ?? '');
  const errors = {
    ...(isHolder(holder) ? {} : { holder: words.errors.holder }),
    ...(isCardNumber(pan) ? {} : { number: words.errors.number }),
    ...expiryError(expiry, words, nowMs),
    ...(isSecurityCode(cvv, pan) ? {} : { cvv: words.errors.cvv }),
  };
  if (expiry === null || Object.keys(errors).length > 0) {
    const values = { holder, expiry: fields.expiry ?? '', save: fields.save ?? '', card: 'new' };
    return { problems: { errors, values: withoutNumbers(values) } };
  }
  return {
    entry: {
      holder,
      number: { pan, cvv },
      expiryMonth: expiry.month,
      expiryYear: expiry.year,
      additional: null,
      origin: 'PAYMENT_CARD',
      saved: fields.save === 'on',
    },
  };
}

/** Whoever types the number into another field, or has it filled in there, is to look again. */
function isHolder(text: string): boolean {
  return text !== '' && text.length <= 255 && !hasCardNumber(text);
}

/** What the form is shown with again; a card number is not sent back. */
function withoutNumbers(values: Fields): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, hasCardNumber(value) ? '' : value]),
  );
}

function expiryError(expiry: Expiry | null, words: Words, nowMs: number) {
  if (expiry === null) return { expiry: words.errors.expiry };
  return isOver(expiry, nowMs) ? { expiry: words.errors.expired } : {};
}
