import * as z from 'zod/mini';
import { extraData, optionalExtraData } from '#faces/paylands/extra-data.ts';
import { amountOrAll, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { refund } from '#ledger/payments/payment-commands.ts';

/** Contract C.3, refundPayment. */
const operation = paylandsOperation({
  name: 'refundPayment',
  summary: 'Refund all or part of a paid order',
  tag: 'Payments',
  routes: ['POST /payment/refund'],
  profiles: ['payment', 'refund'],
  grants: { ledger: ['read', 'put'], sends: ['notifications'], acquirer: true },
  body: z.object({
    order_uuid: uuid,
    amount: amountOrAll,
    extra_data: optionalExtraData(extraData),
  }),
  response: orderAnswer,
  errors: [
    'order_not_refundable',
    'refund_exceeds_captured',
    'marketplace_shares_mismatch',
    'order_full',
    'order_not_found',
  ],
  handle: async ({ body, context }) => ({
    answer: 'order',
    order: await refund(context, {
      order: body.order_uuid,
      amount: body.amount ?? null,
      extraData: body.extra_data ?? null,
    }),
  }),
});

export default operation;
export const { handler } = operation;
