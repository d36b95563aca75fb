import isLuhnValid from 'card-validator/dist/luhn-10.js';
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
  const [, month = '', year = ''] =
    /^\s*(0[1-9]|1[0-2])\s*\/?\s*(?:20)?(\d{2})\s*$/.exec(fields.expiry ?? '') ?? [];
  const errors = {
    ...(holder === '' || holder.length > 255 ? { holder: words.errors.holder } : {}),
    ...(isCardNumber(pan) ? {} : { number: words.errors.number }),
    ...expiryError(month, year, words, nowMs),
    ...(/^\d{3,4}$/.test(cvv) ? {} : { cvv: words.errors.cvv }),
  };
  if (Object.keys(errors).length > 0) {
    const values = { holder, expiry: fields.expiry ?? '', save: fields.save ?? '', card: 'new' };
    return { problems: { errors, values } };
  }
  return {
    entry: {
      holder,
      number: { pan, cvv },
      expiryMonth: month,
      expiryYear: year,
      additional: null,
      origin: 'PAYMENT_CARD',
      saved: fields.save === 'on',
    },
  };
}

function expiryError(month: string, year: string, words: Words, nowMs: number) {
  if (month === '') return { expiry: words.errors.expiry };
  const isOver = Date.UTC(2000 + Number(year), Number(month), 1) <= nowMs;
  return isOver ? { expiry: words.errors.expired } : {};
}

function isCardNumber(digits: string): boolean {
  return /^\d{12,19}$/.test(digits) && isLuhnValid(digits);
}
