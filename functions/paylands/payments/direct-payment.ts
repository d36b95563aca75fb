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
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'] },
  body: z.object({ order_uuid: uuid, card_uuid: uuid, customer_ip: customerIp }),
  response: orderAnswer,
  errors: {
    303: 'The buyer has to authenticate, at the URL in `details`',
    400: 'A field is missing or not valid; the order is not a payment or has no customer',
    404: 'The order is unknown, consumed or expired; the card is not its customer’s',
    409: 'Another payment of the order, or of its reference, is under way',
  },
  handle: async ({ body, context, baseUrl }) => {
    const order = await charge(context, {
      order: body.order_uuid,
      card: body.card_uuid,
      ip: body.customer_ip ?? null,
    });
    if (!waitsForPayer(order)) return { answer: 'order', order };
    return { answer: 'see_other', url: urlsView(order, baseUrl)['3ds_tokenized'] };
  },
});

export default operation;
export const { handler } = operation;
