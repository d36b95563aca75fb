import * as z from 'zod/mini';
import { fitting } from '#faces/paylands/answer-size.ts';
import { flag, optional, text } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape, cardShape } from '#faces/paylands/shapes.ts';
import { listedCardView } from '#faces/paylands/views.ts';
import type { Card } from '#ledger/cards/card.ts';
import { listCards } from '#ledger/cards/card-commands.ts';
import { blacklistedCards } from '#ledger/security/blacklisted-cards.ts';

/** Contract C.6, listCustomerCards: oldest first, of more than fit into an answer the newest. */
const operation = paylandsOperation({
  name: 'listCustomerCards',
  summary: "List a customer's cards",
  tag: 'Cards',
  routes: ['GET /customer/{customer_ext_id}/cards'],
  profiles: ['card', 'readonly', 'payment'],
  grants: { ledger: ['read', 'query lists'] },
  path: z.object({ customer_ext_id: text(255) }),
  query: z.object({ status: optional(z.enum(['VALIDATED', 'ALL'])), unique: optional(flag) }),
  response: answerShape({ cards: z.array(cardShape) }),
  errors: ['customer_not_found'],
  handle: async ({ path, query, context }) => {
    const found = await listCards(context, {
      customer: path.customer_ext_id,
      validatedOnly: query.status !== 'ALL',
      unique: query.unique ?? false,
    });
    // Without pages, what a function cannot answer is left out: the oldest.
    const cards = found.slice(-fitting(viewsFromNewest(found)));
    const black = await blacklistedCards(context, cards);
    const views = cards.map((card) => listedCardView(card, black.has(card.uuid)));
    return { answer: 'payload', payload: { cards: views } };
  },
});

function* viewsFromNewest(cards: readonly Card[]) {
  for (const card of cards.toReversed()) yield listedCardView(card, false);
}

export default operation;
export const { handler } = operation;
