import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { text } from '#faces/highlevel/field-kinds.ts';
import { altQuery } from '#faces/highlevel/fields.ts';
import { orderUuid } from '#faces/highlevel/identity.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { fulfillmentShape } from '#faces/highlevel/shapes.ts';
import { fulfillmentView } from '#faces/highlevel/views.ts';
import { getOrder } from '#ledger/orders/order-commands.ts';

/** Contract 5.7, listOrderFulfillment: oldest first. */
const operation = highLevelOperation({
  name: 'list-order-fulfillment',
  summary: 'List what was sent of an order',
  tag: 'Order fulfillments',
  routes: ['GET /payments/orders/{orderId}/fulfillments'],
  scopes: ['payments/orders.readonly'],
  grants: { ledger: ['read'] },
  path: z.object({ orderId: text(64) }),
  query: z.object(altQuery),
  response: z.looseObject({ status: z.literal(true), data: z.array(fulfillmentShape) }),
  errors: ['order_not_found'],
  handle: async ({ path, caller, context }) => {
    const order = await getOrder(context, orderUuid(path.orderId));
    const viewer = { location: locationOf(caller), merchant: context.merchant };
    const data = order.fulfillments.map((one) => fulfillmentView(one, order, viewer));
    return { status: true, data };
  },
});

export default operation;
export const { handler } = operation;
