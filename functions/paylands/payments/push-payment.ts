import * as z from 'zod/mini';
import { optional, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { requestPush } from '#ledger/payments/push-and-bizum.ts';

/** Contract C.3, pushPayment: answered at once, settled when the payer has accepted. */
const operation = paylandsOperation({
  name: 'pushPayment',
  summary: 'Ask a buyer to accept a payment on the telephone',
  tag: 'Payments',
  routes: ['POST /payment/push'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications', 'push-confirmations'] },
  body: z.object({ order_uuid: uuid, apm: optional(z.enum(['BIZUM', 'MBWAY'])) }),
  response: orderAnswer,
  errors: {
    400: 'A field is missing or not valid; the order is not a payment or has no telephone number',
    404: 'The order is unknown, consumed or expired',
    409: 'Another payment of the order, or of its reference, is under way',
  },
  handle: async ({ body, context }) => ({
    answer: 'order',
    order: await requestPush(context, { order: body.order_uuid, method: body.apm ?? null }),
  }),
});

export default operation;
export const { handler } = operation;
