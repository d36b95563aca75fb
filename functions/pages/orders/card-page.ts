import { stepOf } from '#faces/pages/buyer-step.ts';
import { current, lead, orderPage } from '#faces/pages/order-page.ts';
import { cardPage } from '#faces/pages/views/card-page.ts';
import { offeredCards } from '#ledger/cards/offered-cards.ts';
import { isoNow } from '#ledger/core/context.ts';
import { openOrder } from '#ledger/orders/payer-commands.ts';

/** Contract G: where a buyer pays an order with a card. Opening it makes it PENDING_CARD. */
const operation = orderPage({
  name: 'redirectPage',
  summary: 'Show the page where a buyer pays with a card',
  route: 'GET /payment/process/{token}',
  grants: { ledger: ['read', 'put', 'update', 'query lists'], sends: ['notifications'] },
  async handle(request, context) {
    const order = current(request, context);
    if (stepOf(order, isoNow(context)) !== 'form') {
      return lead(request, context, order, 'process');
    }
    const opened = openOrder(context, order);
    const nowMs = Date.parse(isoNow(context));
    const cards = await offeredCards(context.store, context.merchant, opened, nowMs);
    return { page: cardPage({ ...request.view, order: opened }, cards) };
  },
});

export default operation;
export const { handler } = operation;
