import * as z from 'zod/mini';
import type { CardDraft } from '#ledger/cards/card-commands.ts';
import { cardNumber, cvv, expiryMonth, expiryYear } from './card-data-fields.ts';
import { withBothSpellings } from './card-entry.ts';
import { externalId, flag, freeText, optional, personName, text, webUrl } from './fields.ts';

const fields = z.object({
  customer_ext_id: externalId,
  card_holder: personName,
  card_pan: cardNumber,
  card_expiry_month: expiryMonth,
  card_expiry_year: expiryYear,
  card_cvv: optional(cvv),
  additional: optional(freeText(1000)),
  url_post: optional(webUrl),
  validate: optional(flag),
  service: optional(text(255)),
});

/** A card to save (contract C.6); the service is required when it is to be validated. */
export const cardFields = withBothSpellings(
  fields.check((context) => {
    if (context.value.validate !== true || context.value.service !== undefined) return;
    const message = 'must be the UUID of the service to validate the card with';
    context.issues.push({ code: 'custom', input: context.value, path: ['service'], message });
  }),
);

/** The card of a request, as the ledger takes it. */
export function cardDraft(body: z.output<typeof fields>, origin: string): CardDraft {
  return {
    customer: body.customer_ext_id,
    holder: body.card_holder,
    number: { pan: body.card_pan, cvv: body.card_cvv ?? null },
    expiryMonth: body.card_expiry_month,
    expiryYear: body.card_expiry_year,
    additional: body.additional ?? null,
    origin,
    validateWith: body.validate === true ? (body.service?.toUpperCase() ?? null) : null,
    notifyUrl: body.url_post ?? null,
  };
}
