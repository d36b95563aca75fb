import * as z from 'zod/mini';
import { cardDraft, cardFields } from '#faces/paylands/card-fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape, sourceShape } from '#faces/paylands/shapes.ts';
import { sourceView } from '#faces/paylands/views.ts';
import { saveCards } from '#ledger/cards/card-commands.ts';

/** What one transaction of the store holds: each card, its customer and whom it is told. */
const MAX_WRITES = 100;

/**
 * Contract C.6, saveCards. One that fails its validation is kept, as not validated. All cards are
 * kept or none, so a batch has at most 40: what one transaction of the store holds.
 */
const operation = paylandsOperation({
  name: 'saveCards',
  summary: 'Save several cards',
  tag: 'Cards',
  routes: ['POST /payment-method/card/batch'],
  profiles: ['payment', 'card', 'tokenize'],
  grants: { ledger: ['read', 'put'], sends: ['notifications'], acquirer: true },
  body: z.object({
    cards: z.array(cardFields).check(
      z.minLength(1),
      z.maxLength(40),
      z.refine(
        (cards) => 2 * cards.length + cards.filter(isTold).length < MAX_WRITES,
        'must be fewer cards when each is validated and has a url_post: 33 at most',
      ),
    ),
  }),
  response: answerShape({ cards: z.array(z.looseObject(sourceShape)) }),
  errors: ['service_not_found', 'acquirer_not_configured'],
  handle: async ({ body, context }) => {
    const cards = await saveCards(
      context,
      body.cards.map((card) => cardDraft(card, 'BATCH')),
    );
    return { answer: 'payload', payload: { cards: cards.map(sourceView) } };
  },
});

function isTold({
  validate,
  url_post: url,
}: {
  validate?: boolean | undefined;
  url_post?: string | undefined;
}): boolean {
  return validate === true && url !== undefined;
}

export default operation;
export const { handler } = operation;
