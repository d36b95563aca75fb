import * as z from 'zod/mini';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { getOrder } from '#ledger/orders/order-commands.ts';

/** Contract C.4, getOrder. */
const operation = paylandsOperation({
  name: 'getOrder',
  summary: 'Read an order',
  tag: 'Orders',
  routes: ['GET /order/{order_uuid}'],
  profiles: ['readonly', 'payment', 'refund'],
  grants: { ledger: ['read'] },
  path: z.object({ order_uuid: uuid }),
  response: orderAnswer,
  errors: ['order_not_found'],
  handle: async ({ path, context }) => ({
    answer: 'order',
    order: await getOrder(context, path.order_uuid),
  }),
});

export default operation;
export const { handler } = operation;
