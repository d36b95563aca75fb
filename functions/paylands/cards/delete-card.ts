import * as z from 'zod/mini';
import { externalId, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';
import { deleteCard } from '#ledger/cards/card-commands.ts';

/** Contract C.6, deleteCard. */
const operation = paylandsOperation({
  name: 'deleteCard',
  summary: 'Delete a card',
  tag: 'Cards',
  routes: ['DELETE /payment-method/card'],
  profiles: ['card'],
  grants: { ledger: ['read', 'put'] },
  body: z.object({ card_uuid: uuid, customer_external_id: externalId }),
  response: emptyAnswer,
  errors: ['card_not_found'],
  handle: async ({ body, context }) => {
    await deleteCard(context, { card: body.card_uuid, customer: body.customer_external_id });
    return { answer: 'payload', payload: {} };
  },
});

export default operation;
export const { handler } = operation;
