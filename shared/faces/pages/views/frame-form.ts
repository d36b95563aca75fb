import type { CardDraft } from '#ledger/cards/card-commands.ts';
import { withoutCardNumbers } from '#ledger/cards/card-numbers.ts';
import { type Fields, readCard } from './card-form.ts';
import type { Words } from './language.ts';

/** A card of the frame, without its customer. */
export type FrameCard = Omit<CardDraft, 'customer' | 'notifyUrl'>;

/** Reads a card of the frame, or says what is wrong, by the names of contract G. */
export function readFrameCard(
  fields: Fields,
  words: Words,
  nowMs: number,
): FrameCard | { errors: Record<string, string> } {
  const month = (fields.card_expiry_month ?? '').padStart(2, '0');
  const card = readCard(
    {
      // The frame does not ask who holds the card.
      holder: fields.card_holder ?? '-',
      number: fields.card_pan ?? '',
      expiry: `${month}/${fields.card_expiry_year ?? ''}`,
      cvv: fields.card_cvv ?? '',
    },
    words,
    nowMs,
  );
  if ('problems' in card) return { errors: frameErrors(card.problems.errors) };
  const { holder, number, expiryMonth, expiryYear } = card.entry;
  const wantsCheck = fields.validate === 'true' || fields.validate === '1';
  return {
    holder: holder === '-' ? '' : holder,
    number,
    expiryMonth,
    expiryYear,
    additional: fields.additional === undefined ? null : withoutCardNumbers(fields.additional),
    origin: 'IFRAME',
    validateWith: wantsCheck ? (fields.service?.toUpperCase() ?? '') : null,
  };
}

function frameErrors({ holder, number, expiry, cvv }: Readonly<Record<string, string>>) {
  return {
    ...(holder === undefined ? {} : { cardHolder: holder }),
    ...(number === undefined ? {} : { cardPan: number }),
    ...(expiry === undefined ? {} : { cardExpiryDate: expiry }),
    ...(cvv === undefined ? {} : { cardCode: cvv }),
  };
}
