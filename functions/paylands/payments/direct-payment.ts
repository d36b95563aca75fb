import * as z from 'zod/mini';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { customerIp } from '#faces/paylands/payer-fields.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { urlsView } from '#faces/paylands/views.ts';
import { waitsForPayer } from '#ledger/orders/order.ts';
import { charge } from '#ledger/payments/payment-commands.ts';

/** Contract C.3, directPayment. A refused payment is a success of the operation. */
const operation = paylandsOperation({
  name: 'directPayment',
  summary: 'Charge an order with a stored card',
  tag: 'Payments',
  routes: ['POST /payment/direct'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  body: z.object({ order_uuid: uuid, card_uuid: uuid, customer_ip: customerIp }),
  response: orderAnswer,
  errors: [
    'buyer_must_authenticate',
    'order_intent_mismatch',
    'order_without_customer',
    'order_full',
    'order_not_payable',
    'card_not_found',
    'order_busy',
    'reference_already_paid',
  ],
  handle: async ({ body, context, baseUrl }) => {
    const order = await charge(context, {
      order: body.order_uuid,
      card: body.card_uuid,
      ip: body.customer_ip ?? null,
    });
    if (!waitsForPayer(order)) return { answer: 'order', order };
    const details = urlsView(order, baseUrl)['3ds_tokenized'];
    return { answer: 'error', error: 'buyer_must_authenticate', details };
  },
});

export default operation;
export const { handler } = operation;
