import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { parameter, text } from '#faces/highlevel/field-kinds.ts';
import { locationId } from '#faces/highlevel/fields.ts';
import { orderUuid } from '#faces/highlevel/identity.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { orderShape } from '#faces/highlevel/shapes.ts';
import { viewerOf } from '#faces/highlevel/viewer.ts';
import { orderView } from '#faces/highlevel/views.ts';
import { getOrder } from '#ledger/orders/order-commands.ts';

/** Contract 5.4, getOrderById. */
const operation = highLevelOperation({
  name: 'get-order-by-id',
  summary: 'Read an order',
  tag: 'Orders',
  routes: ['GET /payments/orders/{orderId}'],
  scopes: ['payments/orders.readonly'],
  grants: { ledger: ['read'] },
  path: z.object({ orderId: text(64) }),
  query: z.object({ altId: locationId, locationId: parameter(text(64)) }),
  response: orderShape,
  errors: ['order_not_found'],
  handle: async ({ path, caller, context, traceId }) => {
    const order = await getOrder(context, orderUuid(path.orderId));
    const viewer = await viewerOf(locationOf(caller), context, [order]);
    return orderView(order, viewer, traceId);
  },
});

export default operation;
export const { handler } = operation;
