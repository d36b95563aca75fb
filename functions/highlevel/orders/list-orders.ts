import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { filterId, parameter, text } from '#faces/highlevel/field-kinds.ts';
import { idList, locationId } from '#faces/highlevel/fields.ts';
import {
  given,
  isOtherMode,
  listQuery,
  matchesNothing,
  pageOf,
} from '#faces/highlevel/list-query.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { listShape, orderRowShape } from '#faces/highlevel/shapes.ts';
import { statesMeant } from '#faces/highlevel/statuses.ts';
import { viewerOf } from '#faces/highlevel/viewer.ts';
import { orderRow } from '#faces/highlevel/views.ts';

/** Contract 5.3, listOrders: newest first, with the exact number of matches. */
const operation = highLevelOperation({
  name: 'list-orders',
  summary: 'List orders',
  tag: 'Orders',
  routes: ['GET /payments/orders'],
  scopes: ['payments/orders.readonly'],
  // A reader writes down what it has counted.
  grants: {
    ledger: [
      'read',
      'get',
      'query',
      'query lists',
      'query states',
      'query journal',
      'put',
      'delete',
    ],
  },
  query: z.object({
    altId: locationId,
    ...listQuery,
    status: parameter(text(64)),
    paymentStatus: parameter(z.enum(['paid', 'unpaid', 'refunded', 'partially_paid'])),
    funnelProductIds: parameter(idList),
    sourceId: filterId(64),
  }),
  response: listShape(orderRowShape),
  errors: ['list_being_counted'],
  handle: async ({ query, caller, context }) => {
    const { merchant } = context;
    if (isOtherMode(query, merchant) || matchesNothing(query.contactId, query.sourceId)) {
      return { data: [], totalCount: 0 };
    }
    const { status, paymentStatus } = query;
    const filter = given({
      contact: query.contactId,
      channel: query.sourceId,
      products: query.funnelProductIds,
      states: statesMeant({ status, paymentStatus }) ?? undefined,
      text: query.search?.toLowerCase(),
    });
    const { entries, total } = await context.store.orders(merchant, pageOf(query, context), filter);
    const viewer = await viewerOf(locationOf(caller), context, entries);
    return { data: entries.map((order) => orderRow(order, viewer)), totalCount: total };
  },
});

export default operation;
export const { handler } = operation;
