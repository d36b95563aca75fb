import * as z from 'zod/mini';
import { amountOrAll, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { capture } from '#ledger/payments/payment-commands.ts';

/** Contract C.3, confirmPayment. */
const operation = paylandsOperation({
  name: 'confirmPayment',
  summary: 'Confirm a hold, in full or in part',
  tag: 'Payments',
  routes: ['POST /payment/confirmation'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'], sends: ['notifications'], acquirer: true },
  body: z.object({ order_uuid: uuid, amount: amountOrAll }),
  response: orderAnswer,
  errors: [
    'order_not_held',
    'capture_exceeds_held',
    'partial_capture_not_allowed',
    'order_full',
    'order_not_found',
    'order_busy',
  ],
  handle: async ({ body, context }) => ({
    answer: 'order',
    order: await capture(context, { order: body.order_uuid, amount: body.amount ?? null }),
  }),
});

export default operation;
export const { handler } = operation;
