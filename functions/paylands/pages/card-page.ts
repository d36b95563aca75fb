import { isoNow } from '../../../shared/ledger/context.ts';
import { offeredCards } from '../../../shared/ledger/offered-cards.ts';
import { openOrder } from '../../../shared/ledger/payer.ts';
import { current, lead, orderPage } from '../../../shared/operation/page/order-page.ts';
import { placeOf } from '../../../shared/operation/page/place.ts';
import { cardPage } from '../../../shared/pages/card-page.ts';

/** Contract G: where a buyer pays an order with a card. Opening it makes it PENDING_CARD. */
const operation = orderPage({
  name: 'redirectPage',
  summary: 'Show the page where a buyer pays with a card',
  route: 'GET /payment/process/{token}',
  grants: { ledger: 'write', key: true, sends: ['notifications'] },
  async handle(request, context) {
    const order = current(request, context);
    if (placeOf(order, isoNow(context)) !== 'form') {
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
