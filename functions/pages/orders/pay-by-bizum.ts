import { lead, orderPage } from '#faces/pages/order-page.ts';
import { isBizumPhone } from '#faces/pages/rules/phone.ts';
import { bizumPage } from '#faces/pages/views/bizum-page.ts';
import { hasCardNumber } from '#ledger/cards/card-numbers.ts';
import { cancelOrder } from '#ledger/orders/payer-commands.ts';
import { payByBizum } from '#ledger/payments/push-and-bizum.ts';

/** Contract E.3, G: the post of the Bizum page. In the sandbox, one telephone is no number. */
const operation = orderPage({
  name: 'payOnBizumPage',
  summary: 'Pay by Bizum with a telephone number, or cancel',
  route: 'POST /payment/bizum/{token}',
  grants: {
    ledger: ['read', 'put', 'update'],
    sends: ['notifications', 'push-confirmations'],
    acquirer: true,
  },
  async check({ fields, view }) {
    const phone = phoneIn(fields);
    if (fields.action === 'cancel' || isBizumPhone(phone, view.isSandbox)) return null;
    const errors = { phone: view.language.words.errors.phone };
    // Whoever typed a card number here does not get it back.
    return bizumPage(view, hasCardNumber(phone) ? '' : phone, { errors, values: {} });
  },
  async handle(request, context) {
    const { order, fields, payer } = request;
    if (fields.action === 'cancel') {
      return lead(request, context, cancelOrder(context, order), 'bizum');
    }
    const paid = await payByBizum(context, { order: order.uuid, phone: phoneIn(fields), payer });
    return lead(request, context, paid, 'bizum');
  },
});

function phoneIn(fields: Readonly<Record<string, string>>): string {
  return (fields.phone ?? '').trim().slice(0, 40);
}

export default operation;
export const { handler } = operation;
