import * as z from 'zod/mini';
import type { CardEntry } from '#ledger/cards/entered-card.ts';
import { RequestError } from '#operation/http/errors.ts';
import type { KeyCaller } from '#operation/runtime/access-cache.ts';
import { cardNumber, cvv, expiryMonth, expiryYear } from './card-data-fields.ts';
import type { PaylandsErrorCode } from './errors.ts';
import { freeText, optional, personName } from './fields.ts';

/** A card in the request that pays with it. */
export const cardEntryFields = {
  card_holder: personName,
  card_pan: cardNumber,
  card_expiry_month: expiryMonth,
  card_expiry_year: expiryYear,
  card_cvv: optional(cvv),
  card_additional: optional(freeText(4096)),
};

/** The documentation spells the expiry in two ways: `card_expire_year` is `card_expiry_year`. */
export function withBothSpellings<T extends z.ZodMiniType>(type: T) {
  return z.pipe(
    z.transform((body: unknown) => {
      if (typeof body !== 'object' || body === null) return body;
      const {
        card_expire_month: month,
        card_expire_year: year,
        ...rest
      } = body as Record<string, unknown>;
      return {
        ...(month === undefined ? {} : { card_expiry_month: month }),
        ...(year === undefined ? {} : { card_expiry_year: year }),
        ...rest,
      };
    }),
    type,
  );
}

/** The card of a request, as the ledger takes it. */
export function cardEntry(
  body: z.output<z.ZodMiniObject<typeof cardEntryFields>>,
  input: Pick<CardEntry, 'origin' | 'saved'>,
): CardEntry {
  return {
    ...input,
    holder: body.card_holder,
    number: { pan: body.card_pan, cvv: body.card_cvv ?? null },
    expiryMonth: body.card_expiry_month,
    expiryYear: body.card_expiry_year,
    additional: body.card_additional ?? null,
  };
}

/**
 * Card numbers are taken from merchants that may handle them (contract A.7).
 * @throws RequestError 403
 */
export function requirePci(caller: KeyCaller): void {
  if (caller.pci) return;
  const code: PaylandsErrorCode = 'pci_key_required';
  const details = 'Card numbers need an API key of a PCI merchant';
  throw new RequestError(403, details, {}, code);
}
