import * as z from 'zod/mini';
import { type CardChoice, chargeMoto } from '../../../shared/ledger/moto.ts';
import type { KeyCaller } from '../../../shared/operation/access.ts';
import { RequestError } from '../../../shared/operation/errors.ts';
import {
  cardEntry,
  cardEntryFields,
  requirePci,
  withBothSpellings,
} from '../../../shared/operation/paylands/card-entry.ts';
import { optional, uuid } from '../../../shared/operation/paylands/fields.ts';
import { paylandsOperation } from '../../../shared/operation/paylands/operation.ts';
import { orderAnswer } from '../../../shared/operation/paylands/shapes.ts';

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

/** Contract C.3, motoApiPayment: with the data of a card, or with a stored one. */
const operation = paylandsOperation({
  name: 'motoApiPayment',
  summary: 'Charge an order with a card taken by mail or telephone',
  tag: 'Payments',
  routes: ['POST /payment/moto'],
  profiles: ['payment', 'keyentry'],
  grants: { ledger: 'write', key: true, sends: ['notifications'] },
  body: withBothSpellings(fields),
  response: orderAnswer,
  errors: {
    400: 'A field is missing or not valid; neither a card nor a source, or both; not a payment',
    403: 'The API key is not one of a PCI merchant',
    404: 'The order is unknown, consumed or expired; the source is not its customer’s',
    409: 'Another payment of the order, or of its reference, is under way',
  },
  handle: async ({ body, caller, context }) => ({
    answer: 'order',
    order: await chargeMoto(context, {
      order: body.order_uuid,
      channel: body.method === 'MAIL' ? 'mail' : 'phone',
      card: choiceOf(body, caller),
    }),
  }),
});

/** @throws RequestError 400 unless there is exactly one card, 403 for its data without PCI */
function choiceOf(body: z.output<typeof fields>, caller: KeyCaller): CardChoice {
  const { card_holder, card_pan, card_expiry_month, card_expiry_year, source_uuid, ...rest } = body;
  const data = { card_holder, card_pan, card_expiry_month, card_expiry_year };
  const given = Object.values(data).filter((value) => value !== undefined);
  if (source_uuid !== undefined) {
    if (given.length === 0) return { stored: source_uuid };
    throw new RequestError(400, 'Field source_uuid is not valid together with card data');
  }
  const missing = Object.entries(data).find(([, value]) => value === undefined);
  if (missing !== undefined) throw new RequestError(400, `Field ${missing[0]} is required`);
  requirePci(caller);
  const entry = z.parse(cardData, { ...rest, ...data });
  return { entered: cardEntry(entry, { origin: 'WEBSERVICE', saved: true }) };
}

const cardData = z.object(cardEntryFields);

export default operation;
export const { handler } = operation;
