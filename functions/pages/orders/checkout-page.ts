import { stepOf } from '#faces/pages/buyer-step.ts';
import { current, lead, orderPage } from '#faces/pages/order-page.ts';
import { checkoutPage } from '#faces/pages/views/checkout-page.ts';
import { offeredCards } from '#ledger/cards/offered-cards.ts';
import { isoNow } from '#ledger/core/context.ts';
import { checkoutMethods } from '#ledger/orders/checkout.ts';
import { openOrder } from '#ledger/orders/payer-commands.ts';

/** Contract G, J: where a buyer chooses among all ways to pay that the merchant has. */
const operation = orderPage({
  name: 'checkoutPage',
  summary: "Show the page with all of the merchant's ways to pay",
  route: 'GET /payment/checkout/{token}',
  grants: { ledger: ['read', 'put', 'update', 'query lists'], sends: ['notifications'] },
  async handle(request, context) {
    const order = current(request, context);
    if (stepOf(order, isoNow(context)) !== 'form') {
      return lead(request, context, order, 'checkout');
    }
    const opened = openOrder(context, order);
    const nowMs = Date.parse(isoNow(context));
    const cards = await offeredCards(context.store, context.merchant, opened, nowMs);
    const methods = [...checkoutMethods(context.merchant, opened).keys()];
    const view = { ...request.view, order: opened };
    return { page: checkoutPage(view, cards, methods, request.addressOf('process')) };
  },
});

export default operation;
export const { handler } = operation;
