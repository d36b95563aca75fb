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
  grants: { ledger: ['read', 'put'], sends: ['notifications'] },
  body: cardFields,
  response: sourceAnswer,
  errors: {
    400: 'A field is missing or not valid; the service does not exist; the validation was refused',
    503: 'There is no live acquirer',
  },
  handle: async ({ body, context }) => {
    const { card, refusal } = await saveCard(context, cardDraft(body, 'WEBSERVICE'));
    if (refusal === null) return { answer: 'payload', payload: sourceView(card) };
    return { answer: 'refused', status: 400, details: refusedDetails(refusal, card) };
  },
});

export default operation;
export const { handler } = operation;
