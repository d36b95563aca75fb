import { stepOf } from '#faces/pages/buyer-step.ts';
import { current, lead, orderPage } from '#faces/pages/order-page.ts';
import { bizumPage } from '#faces/pages/views/bizum-page.ts';
import { isoNow } from '#ledger/core/context.ts';
import { findService } from '#ledger/core/services.ts';
import { phoneOf } from '#ledger/orders/order-phone.ts';
import { openOrder } from '#ledger/orders/payer-commands.ts';
import { phoneMethodsOf } from '#ledger/payments/service-methods.ts';

/** Contract E.3, G: where a buyer pays by Bizum; the telephone number may be known already. */
const operation = orderPage({
  name: 'bizumPage',
  summary: 'Show the page where a buyer pays by Bizum',
  route: 'GET /payment/bizum/{token}',
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'] },
  async handle(request, context) {
    const order = current(request, context);
    if (stepOf(order, isoNow(context)) !== 'form') return lead(request, context, order, 'bizum');
    const service = findService(context.merchant, order.service.uuid);
    if (!phoneMethodsOf(service).includes('BIZUM'))
      return { redirect: request.addressOf('process') };
    const opened = openOrder(context, order);
    return { page: bizumPage({ ...request.view, order: opened }, phoneOf(opened) ?? '') };
  },
});

export default operation;
export const { handler } = operation;
