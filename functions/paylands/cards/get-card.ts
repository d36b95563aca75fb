import * as z from 'zod/mini';
import { getCard } from '../../../shared/ledger/cards.ts';
import { uuid } from '../../../shared/operation/paylands/fields.ts';
import { paylandsOperation } from '../../../shared/operation/paylands/operation.ts';
import { sourceAnswer } from '../../../shared/operation/paylands/shapes.ts';
import { sourceView } from '../../../shared/operation/paylands/views.ts';

/** Contract C.6, getCard. */
const operation = paylandsOperation({
  name: 'getCard',
  summary: 'Get a card',
  tag: 'Cards',
  routes: ['GET /payment-method/card/{uuid}'],
  profiles: ['card', 'readonly', 'payment'],
  grants: { ledger: 'read', key: true },
  path: z.object({ uuid: uuid }),
  response: sourceAnswer,
  errors: { 404: 'The card is unknown' },
  handle: async ({ path, context }) => ({
    answer: 'payload',
    payload: sourceView(await getCard(context, path.uuid)),
  }),
});

export default operation;
export const { handler } = operation;
