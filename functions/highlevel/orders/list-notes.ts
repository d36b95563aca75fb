import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { text } from '#faces/highlevel/field-kinds.ts';
import { altQuery } from '#faces/highlevel/fields.ts';
import { orderUuid } from '#faces/highlevel/identity.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { listShape, noteShape } from '#faces/highlevel/shapes.ts';
import { noteView } from '#faces/highlevel/views.ts';
import { getOrder } from '#ledger/orders/order-commands.ts';

/** Contract 5.8, listOrderNotes: oldest first, in a shape of ours, as none is published. */
const operation = highLevelOperation({
  name: 'list-order-notes',
  summary: 'List the notes of an order',
  tag: 'Order Notes',
  routes: ['GET /payments/orders/{orderId}/notes'],
  scopes: [],
  grants: { ledger: ['read'] },
  path: z.object({ orderId: text(64) }),
  query: z.object(altQuery),
  response: listShape(noteShape),
  errors: ['order_not_found'],
  handle: async ({ path, caller, context }) => {
    const order = await getOrder(context, orderUuid(path.orderId));
    const viewer = { location: locationOf(caller), merchant: context.merchant };
    const data = order.notes.map((note) => noteView(note, order, viewer));
    return { data, totalCount: data.length };
  },
});

export default operation;
export const { handler } = operation;
