import * as z from 'zod/mini';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { release } from '#ledger/payments/payment-commands.ts';

/** Contract C.3, cancelPayment. */
const operation = paylandsOperation({
  name: 'cancelPayment',
  summary: 'Cancel a hold',
  tag: 'Payments',
  routes: ['POST /payment/cancellation'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  body: z.object({ order_uuid: uuid }),
  response: orderAnswer,
  errors: ['order_not_held', 'order_full', 'order_not_found', 'order_busy'],
  handle: async ({ body, context }) => ({
    answer: 'order',
    order: await release(context, { order: body.order_uuid }),
  }),
});

export default operation;
export const { handler } = operation;
