import * as z from 'zod/mini';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { sourceAnswer } from '#faces/paylands/shapes.ts';
import { sourceView } from '#faces/paylands/views.ts';
import { getCard } from '#ledger/cards/card-commands.ts';

/** Contract C.6, getCard. */
const operation = paylandsOperation({
  name: 'getCard',
  summary: 'Get a card',
  tag: 'Cards',
  routes: ['GET /payment-method/card/{uuid}'],
  profiles: ['card', 'readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ uuid: uuid }),
  response: sourceAnswer,
  errors: ['card_not_found'],
  handle: async ({ path, context }) => ({
    answer: 'payload',
    payload: sourceView(await getCard(context, path.uuid)),
  }),
});

export default operation;
export const { handler } = operation;
