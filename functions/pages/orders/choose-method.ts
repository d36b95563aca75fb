import { lead, orderPage } from '#faces/pages/order-page.ts';
import type { PageReply } from '#faces/pages/page-reply.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Service } from '#ledger/core/merchant.ts';
import { checkoutMethods, throughService } from '#ledger/orders/checkout.ts';
import type { Order } from '#ledger/orders/order.ts';
import { stageOrder } from '#ledger/payments/stage-outcome.ts';
import { payWithWallet } from '#ledger/payments/wallets.ts';

/** What the wallets of the sandbox hand over. */
const SANDBOX_PAYLOAD = { sandbox: 'OK' };

/** Contract G, J: the post of the checkout page, for every way but a card, which has its own. */
const operation = orderPage({
  name: 'chooseOnCheckoutPage',
  summary: 'Pay by the way that a buyer has chosen',
  route: 'POST /payment/checkout/{token}',
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  async handle(request, context): Promise<PageReply> {
    const { order, fields, payer } = request;
    const methods = checkoutMethods(context.merchant, order);
    const bizum = methods.get('BIZUM');
    if (fields.action === 'BIZUM' && bizum !== undefined) {
      chooseService(context, order, bizum);
      return { redirect: request.addressOf('bizum') };
    }
    const wallet = fields.action;
    if (wallet !== 'GOOGLEPAY' && wallet !== 'APPLEPAY') {
      return { redirect: request.addressOf('checkout') };
    }
    if (!methods.has(wallet)) throw new LedgerError('payment_method_not_supported', wallet);
    const payload = SANDBOX_PAYLOAD;
    const paid = await payWithWallet(context, { order: order.uuid, wallet, payload, payer });
    const isLeft = paid.sourceCard !== null && paid.transactions.length === 0;
    return isLeft
      ? { redirect: request.addressOf('tokenized') }
      : lead(request, context, paid, 'checkout');
  },
});

function chooseService(context: LedgerContext, order: Order, service: Service): void {
  const isOpen = order.status === 'created' || order.status === 'pending_card';
  if (!isOpen || order.service.uuid === service.uuid) return;
  stageOrder(context, throughService(order, service));
}

export default operation;
export const { handler } = operation;
