import { stepOf } from '#faces/pages/buyer-step.ts';
import { current, lead, orderPage } from '#faces/pages/order-page.ts';
import { challengePage } from '#faces/pages/views/challenge-page.ts';
import { isoNow } from '#ledger/core/context.ts';
import { startAuthentication } from '#ledger/payments/authentication.ts';

/** Contract C.3, E.5, G: where a buyer is authenticated. Opening it is PENDING_3DS_RESPONSE. */
const operation = orderPage({
  name: 'tokenizedPage',
  summary: 'Show the page where a buyer is authenticated by 3-D Secure',
  route: 'GET /payment/tokenized/{token}',
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  async handle(request, context) {
    const order = current(request, context);
    const place = stepOf(order, isoNow(context));
    const needsCard = order.sourceCard === null && order.transactions.length === 0;
    if (place !== 'authentication' && (place !== 'form' || needsCard)) {
      return lead(request, context, order, 'process');
    }
    const asked = await startAuthentication(context, order.uuid);
    // A black list stopped it before anybody was asked.
    if (asked.authentication === null) return lead(request, context, asked, 'process');
    return { page: challengePage({ ...request.view, order: asked }, asked.authentication) };
  },
});

export default operation;
export const { handler } = operation;
