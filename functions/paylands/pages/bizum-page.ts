import { isoNow } from '../../../shared/ledger/context.ts';
import { phoneOf } from '../../../shared/ledger/other-payments.ts';
import { openOrder } from '../../../shared/ledger/payer.ts';
import { current, lead, orderPage } from '../../../shared/operation/page/order-page.ts';
import { placeOf } from '../../../shared/operation/page/place.ts';
import { bizumPage } from '../../../shared/pages/bizum-page.ts';

/** Contract E.3, G: where a buyer pays by Bizum; the telephone number may be known already. */
const operation = orderPage({
  name: 'bizumPage',
  summary: 'Show the page where a buyer pays by Bizum',
  route: 'GET /payment/bizum/{token}',
  grants: { ledger: 'write', key: true, sends: ['notifications'] },
  async handle(request, context) {
    const order = current(request, context);
    if (placeOf(order, isoNow(context)) !== 'form') return lead(request, context, order, 'bizum');
    const opened = openOrder(context, order);
    return { page: bizumPage({ ...request.view, order: opened }, phoneOf(opened) ?? '') };
  },
});

export default operation;
export const { handler } = operation;
