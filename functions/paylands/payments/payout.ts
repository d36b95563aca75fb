import * as z from 'zod/mini';
import { optional, text, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { customerIp } from '#faces/paylands/payer-fields.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { payOut } from '#ledger/payments/payouts.ts';

/** Contract C.3, payout. A refused payout is a success of the operation. */
const operation = paylandsOperation({
  name: 'payout',
  summary: 'Send money to a card that has paid before, or by another way of the service',
  tag: 'Payouts',
  routes: ['POST /payment/payout'],
  profiles: ['payment'],
  grants: {
    ledger: ['read', 'put', 'update', 'query lists'],
    sends: ['notifications'],
    acquirer: true,
  },
  body: z.object({
    order_uuid: uuid,
    source_uuid: optional(uuid),
    customer_ip: customerIp,
    apm: optional(text(32)),
  }),
  response: orderAnswer,
  errors: [
    'order_intent_mismatch',
    'card_never_paid',
    'payout_method_required',
    'payout_method_not_supported',
    'payout_destination_missing',
    'phone_required',
    'order_without_customer',
    'order_full',
    'order_not_payable',
    'card_not_found',
    'source_not_found',
    'order_busy',
    'reference_already_paid',
  ],
  handle: async ({ body, context }) => ({
    answer: 'order',
    order: await payOut(context, {
      order: body.order_uuid,
      card: body.source_uuid ?? null,
      method: body.apm ?? null,
      ip: body.customer_ip ?? null,
    }),
  }),
});

export default operation;
export const { handler } = operation;
