import * as z from 'zod/mini';
import { requestPush } from '../../../shared/ledger/other-payments.ts';
import { optional, uuid } from '../../../shared/operation/paylands/fields.ts';
import { paylandsOperation } from '../../../shared/operation/paylands/operation.ts';
import { orderAnswer } from '../../../shared/operation/paylands/shapes.ts';

/** Contract C.3, pushPayment: answered at once, settled when the payer has accepted. */
const operation = paylandsOperation({
  name: 'pushPayment',
  summary: 'Ask a buyer to accept a payment on the telephone',
  tag: 'Payments',
  routes: ['POST /payment/push'],
  profiles: ['payment'],
  grants: { ledger: 'write', key: true, sends: ['push-settlements'] },
  body: z.object({ order_uuid: uuid, apm: optional(z.enum(['BIZUM', 'MBWAY'])) }),
  response: orderAnswer,
  errors: {
    400: 'A field is missing or not valid; the order is not a payment or has no telephone number',
    404: 'The order is unknown, consumed or expired',
    409: 'Another payment of the order, or of its reference, is under way',
  },
  handle: async ({ body, context }) => ({
    answer: 'order',
    order: await requestPush(context, { order: body.order_uuid, method: body.apm ?? 'BIZUM' }),
  }),
});

export default operation;
export const { handler } = operation;
