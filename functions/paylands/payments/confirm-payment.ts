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
  grants: { ledger: ['read', 'put'], sends: ['notifications'] },
  body: z.object({ order_uuid: uuid, amount: amountOrAll }),
  response: orderAnswer,
  errors: {
    400: 'A field is missing or not valid; nothing is held, or less than the amount',
    404: 'The order is unknown',
    409: 'Another operation on the hold is under way',
  },
  handle: async ({ body, context }) => ({
    answer: 'order',
    order: await capture(context, { order: body.order_uuid, amount: body.amount ?? null }),
  }),
});

export default operation;
export const { handler } = operation;
