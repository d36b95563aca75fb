import * as z from 'zod/mini';
import { optional, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { requestPush } from '#ledger/payments/push-and-bizum.ts';
import { PHONE_METHODS } from '#ledger/payments/service-methods.ts';

/** Contract C.3, pushPayment: answered at once, settled when the payer has accepted. */
const operation = paylandsOperation({
  name: 'pushPayment',
  summary: 'Ask a buyer to accept a payment on the telephone',
  tag: 'Payments',
  routes: ['POST /payment/push'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications', 'push-confirmations'] },
  body: z.object({ order_uuid: uuid, apm: optional(z.enum(PHONE_METHODS)) }),
  response: orderAnswer,
  errors: [
    'order_intent_mismatch',
    'phone_required',
    'payment_method_not_supported',
    'order_full',
    'order_not_payable',
    'order_busy',
    'reference_already_paid',
  ],
  handle: async ({ body, context }) => ({
    answer: 'order',
    order: await requestPush(context, { order: body.order_uuid, method: body.apm ?? null }),
  }),
});

export default operation;
export const { handler } = operation;
