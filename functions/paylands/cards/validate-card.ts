import * as z from 'zod/mini';
import { cvv } from '#faces/paylands/card-data-fields.ts';
import { externalId, optional, text, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { sourceAnswer } from '#faces/paylands/shapes.ts';
import { refusedDetails, sourceView } from '#faces/paylands/views.ts';
import { validateCard } from '#ledger/cards/card-commands.ts';

/** Contract C.6, validateCard; older clients send it as GET with a body, or as PUT. */
const operation = paylandsOperation({
  name: 'validateCard',
  summary: 'Validate a stored card again',
  tag: 'Cards',
  routes: [
    'POST /payment-method/card/validate',
    'PUT /payment-method/card/validate',
    'GET /payment-method/card/validate',
  ],
  profiles: ['payment', 'card', 'tokenize'],
  grants: { ledger: ['read', 'put'], acquirer: true },
  body: z.object({
    source_uuid: uuid,
    customer_ext_id: externalId,
    service: text(255),
    card_cvv: optional(cvv),
  }),
  response: sourceAnswer,
  errors: ['service_not_found', 'card_validation_refused', 'card_not_found'],
  handle: async ({ body, context }) => {
    const { card, refusal } = await validateCard(context, {
      card: body.source_uuid,
      customer: body.customer_ext_id,
      service: body.service.toUpperCase(),
      cvv: body.card_cvv ?? null,
    });
    if (refusal === null) return { answer: 'payload', payload: sourceView(card) };
    const details = refusedDetails(refusal, card);
    return { answer: 'error', error: 'card_validation_refused', details };
  },
});

export default operation;
export const { handler } = operation;
