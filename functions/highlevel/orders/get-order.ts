import * as z from 'zod/mini';
import { getOrder } from '../../../shared/ledger/orders.ts';
import { locationOf } from '../../../shared/operation/highlevel/access.ts';
import { locationId, parameter, text } from '../../../shared/operation/highlevel/fields.ts';
import { orderUuid } from '../../../shared/operation/highlevel/identity.ts';
import { highLevelOperation } from '../../../shared/operation/highlevel/operation.ts';
import { orderShape } from '../../../shared/operation/highlevel/shapes.ts';
import { orderView } from '../../../shared/operation/highlevel/views.ts';

/** Contract 5.4, getOrderById. */
const operation = highLevelOperation({
  name: 'get-order-by-id',
  summary: 'Read an order',
  tag: 'Orders',
  routes: ['GET /payments/orders/{orderId}'],
  scopes: ['payments/orders.readonly'],
  grants: { ledger: 'read', key: true },
  path: z.object({ orderId: text(64) }),
  query: z.object({ altId: locationId, locationId: parameter(text(64)) }),
  response: orderShape,
  errors: { 400: 'The order is unknown', 422: 'A parameter is missing or not valid' },
  handle: async ({ path, caller, context, traceId }) => {
    const order = await getOrder(context, orderUuid(path.orderId));
    const viewer = { location: locationOf(caller), merchant: context.merchant };
    return orderView(order, viewer, traceId);
  },
});

export default operation;
export const { handler } = operation;
