import { cardDraft, cardFields } from '#faces/paylands/card-fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { sourceAnswer } from '#faces/paylands/shapes.ts';
import { refusedDetails, sourceView } from '#faces/paylands/views.ts';
import { saveCard } from '#ledger/cards/card-commands.ts';

/** Contract C.6, saveCard. A card that fails its validation is kept, as not validated. */
const operation = paylandsOperation({
  name: 'saveCard',
  summary: 'Save a card',
  tag: 'Cards',
  routes: ['POST /payment-method/card'],
  profiles: ['payment', 'card', 'tokenize'],
  grants: { ledger: ['read', 'put'], sends: ['notifications'], acquirer: true },
  body: cardFields,
  response: sourceAnswer,
  errors: ['service_not_found', 'card_validation_refused', 'acquirer_not_configured'],
  handle: async ({ body, context }) => {
    const { card, refusal } = await saveCard(context, cardDraft(body, 'WEBSERVICE'));
    if (refusal === null) return { answer: 'payload', payload: sourceView(card) };
    const details = refusedDetails(refusal, card);
    return { answer: 'error', error: 'card_validation_refused', details };
  },
});

export default operation;
export const { handler } = operation;
