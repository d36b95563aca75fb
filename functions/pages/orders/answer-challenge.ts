import { lead, orderPage } from '#faces/pages/order-page.ts';
import { finishAuthentication } from '#ledger/payments/authentication.ts';

/** Contract E.5, G: the buyer's answer to the issuer, after which the payment is made or refused. */
const operation = orderPage({
  name: 'answerTokenizedPage',
  summary: 'Take the answer of a buyer who was authenticated by 3-D Secure',
  route: 'POST /payment/tokenized/{token}',
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  async handle(request, context) {
    const { order, fields, payer } = request;
    const agrees = fields.action === 'approve';
    const paid = await finishAuthentication(context, { order: order.uuid, agrees, payer });
    return lead(request, context, paid, 'process');
  },
});

export default operation;
export const { handler } = operation;
