import * as z from 'zod/mini';
import { getOrder } from '../../../shared/ledger/orders.ts';
import { uuid } from '../../../shared/operation/paylands/fields.ts';
import { paylandsOperation } from '../../../shared/operation/paylands/operation.ts';
import { orderAnswer } from '../../../shared/operation/paylands/shapes.ts';

/** Contract C.4, getOrder. */
const operation = paylandsOperation({
  name: 'getOrder',
  summary: 'Read an order',
  tag: 'Orders',
  routes: ['GET /order/{order_uuid}'],
  profiles: ['readonly', 'payment', 'refund'],
  grants: { ledger: 'read', key: true },
  path: z.object({ order_uuid: uuid }),
  response: orderAnswer,
  errors: { 404: 'The order is unknown' },
  handle: async ({ path, context }) => ({
    answer: 'order',
    order: await getOrder(context, path.order_uuid),
  }),
});

export default operation;
export const { handler } = operation;
