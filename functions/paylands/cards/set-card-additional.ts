import * as z from 'zod/mini';
import { freeText, optional, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { sourceAnswer } from '#faces/paylands/shapes.ts';
import { sourceView } from '#faces/paylands/views.ts';
import { describeCard } from '#ledger/cards/card-commands.ts';

/** Contract C.6, setCardAdditional; without a text the description is removed. */
const operation = paylandsOperation({
  name: 'setCardAdditional',
  summary: "Set a card's description",
  tag: 'Cards',
  routes: ['PUT /payment-method/card/additional'],
  profiles: ['card'],
  grants: { ledger: ['read', 'put'] },
  body: z.object({ source_uuid: uuid, additional: optional(freeText(1000)) }),
  response: sourceAnswer,
  errors: ['card_not_found'],
  handle: async ({ body, context }) => {
    const additional = body.additional ?? null;
    const card = await describeCard(context, { card: body.source_uuid, additional });
    return { answer: 'payload', payload: sourceView(card) };
  },
});

export default operation;
export const { handler } = operation;
