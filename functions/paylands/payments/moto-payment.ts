import * as z from 'zod/mini';
import {
  cardEntry,
  cardEntryFields,
  requirePci,
  withBothSpellings,
} from '#faces/paylands/card-entry.ts';
import { optional, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { type CardChoice, chargeMoto } from '#ledger/payments/moto.ts';
import type { KeyCaller } from '#operation/runtime/access-cache.ts';

const cardData = z.object(cardEntryFields);

const fields = z.object({
  order_uuid: uuid,
  method: z.enum(['MAIL', 'PHONE']),
  source_uuid: optional(uuid),
  card_holder: optional(cardEntryFields.card_holder),
  card_pan: optional(cardEntryFields.card_pan),
  card_expiry_month: optional(cardEntryFields.card_expiry_month),
  card_expiry_year: optional(cardEntryFields.card_expiry_year),
  card_cvv: cardEntryFields.card_cvv,
  card_additional: cardEntryFields.card_additional,
});

/** The data of a card or a stored card, exactly one of them. */
const body = fields.check(({ value, issues }) => {
  const { order_uuid: _order, method: _method, source_uuid: source, ...data } = value;
  const given = Object.entries(data).flatMap(([name, one]) => (one === undefined ? [] : [name]));
  const isNothing = source === undefined && given.length === 0;
  const missing = REQUIRED.filter((name) => !given.includes(name));
  const wrong = isNothing ? ['source_uuid'] : source === undefined ? missing : given;
  const message = WORDS[isNothing || source === undefined ? 'missing' : 'both'];
  for (const name of wrong) issues.push({ code: 'custom', input: value, path: [name], message });
});

const WORDS = {
  missing: 'must be given, either the data of a card or the source_uuid of a stored one',
  both: 'must be left out beside source_uuid: the data of a card or a stored card, not both',
};

const REQUIRED = ['card_holder', 'card_pan', 'card_expiry_month', 'card_expiry_year'];

/** Contract C.3, motoApiPayment: with the data of a card, or with a stored one. */
const operation = paylandsOperation({
  name: 'motoApiPayment',
  summary: 'Charge an order with a card taken by mail or telephone',
  tag: 'Payments',
  routes: ['POST /payment/moto'],
  profiles: ['payment', 'keyentry'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  body: withBothSpellings(body),
  response: orderAnswer,
  errors: [
    'order_intent_mismatch',
    'pci_key_required',
    'order_full',
    'order_not_payable',
    'card_not_found',
    'order_busy',
    'reference_already_paid',
  ],
  handle: async ({ body: input, caller, context }) => ({
    answer: 'order',
    order: await chargeMoto(context, {
      order: input.order_uuid,
      channel: input.method === 'MAIL' ? 'mail' : 'phone',
      card: choiceOf(input, caller),
    }),
  }),
});

/** @throws RequestError 403 for the data of a card without PCI */
function choiceOf(input: z.output<typeof fields>, caller: KeyCaller): CardChoice {
  if (input.source_uuid !== undefined) return { stored: input.source_uuid };
  requirePci(caller);
  const entry = cardEntry(z.parse(cardData, input), { origin: 'WEBSERVICE', saved: true });
  return { entered: entry };
}

export default operation;
export const { handler } = operation;
