import { lead, orderPage, type PageRequest } from '#faces/pages/order-page.ts';
import { readCard } from '#faces/pages/views/card-form.ts';
import type { Problems } from '#faces/pages/views/view.ts';
import type { Card } from '#ledger/cards/card.ts';
import { offeredCards } from '#ledger/cards/offered-cards.ts';
import { nowOf } from '#ledger/core/merchant.ts';
import { cancelOrder } from '#ledger/orders/payer-commands.ts';
import { payByCard } from '#ledger/payments/authentication.ts';
import type { CardChoice } from '#ledger/payments/moto.ts';

/** Contract G: the post of the card page. A secure order goes on to its buyer's issuer. */
const operation = orderPage({
  name: 'payOnRedirectPage',
  summary: 'Pay with the card of a card page, or cancel',
  route: 'POST /payment/process/{token}',
  grants: {
    ledger: ['read', 'put', 'update', 'query lists'],
    sends: ['notifications'],
    acquirer: true,
  },
  async check(request) {
    if (isCancelled(request)) return null;
    const choice = await choiceOf(request);
    if (!('problems' in choice)) return null;
    // Most buyers never see it: loaded when one does.
    const { cardPage } = await import('#faces/pages/views/card-page.ts');
    return cardPage(request.view, await cardsOf(request), choice.problems);
  },
  async handle(request, context) {
    const { order, payer } = request;
    if (isCancelled(request)) {
      return lead(request, context, cancelOrder(context, order), 'process');
    }
    const card = await choiceOf(request);
    if ('problems' in card) throw new Error('The form was checked before');
    const paid = await payByCard(context, { order: order.uuid, card, payer });
    return lead(request, context, paid, 'process');
  },
});

function isCancelled({ fields }: PageRequest): boolean {
  return fields.action === 'cancel';
}

function nowMsOf({ merchant, runtime }: PageRequest): number {
  return nowOf(merchant, runtime.realNowMs());
}

function cardsOf(request: PageRequest): Promise<Card[]> {
  const { merchant, order, runtime } = request;
  return offeredCards(runtime.store, merchant, order, nowMsOf(request));
}

/** A card that was offered, or the one that was typed in; no other stored card can be named. */
async function choiceOf(request: PageRequest): Promise<CardChoice | { problems: Problems }> {
  const { fields, view } = request;
  const { words } = view.language;
  const wanted = fields.card ?? 'new';
  if (wanted !== 'new') {
    const cards = await cardsOf(request);
    if (cards.some((card) => card.uuid === wanted)) return { stored: wanted };
    return { problems: { errors: { card: words.errors.card }, values: {} } };
  }
  const read = readCard(fields, words, nowMsOf(request));
  return 'problems' in read ? read : { entered: read.entry };
}

export default operation;
export const { handler } = operation;
