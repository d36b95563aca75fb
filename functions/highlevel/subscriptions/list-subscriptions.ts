import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { filterId, parameter, text } from '#faces/highlevel/field-kinds.ts';
import { altType, boolean } from '#faces/highlevel/fields.ts';
import {
  given,
  isOtherMode,
  listQuery,
  matchesNothing,
  pageOf,
} from '#faces/highlevel/list-query.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { listShape } from '#faces/highlevel/shapes.ts';
import { subscriptionRowShape } from '#faces/highlevel/subscription-shapes.ts';
import { subscriptionRow } from '#faces/highlevel/subscription-views.ts';
import { countPayments } from '#ledger/subscriptions/subscription-commands.ts';

/** Contract 5.11. The field with the number of payments has no published name. */
const operation = highLevelOperation({
  name: 'list-subscriptions',
  summary: 'List subscriptions',
  tag: 'Subscriptions',
  routes: ['GET /payments/subscriptions'],
  scopes: ['payments/subscriptions.readonly'],
  // A reader writes down what it has counted.
  grants: { ledger: ['read', 'get', 'query', 'query lists', 'query journal', 'put', 'delete'] },
  query: z.object({
    ...listQuery,
    altId: text(64),
    altType,
    entityId: filterId(255),
    entitySourceType: parameter(text(255)),
    id: filterId(64),
    getPaymentsCollectedCount: parameter(boolean),
  }),
  response: listShape(subscriptionRowShape),
  errors: ['list_being_counted'],
  handle: async ({ query, caller, context }) => {
    const { merchant, store } = context;
    const { id, entityId, contactId } = query;
    if (isOtherMode(query, merchant) || matchesNothing(id, entityId, contactId)) {
      return { data: [], totalCount: 0 };
    }
    const filter = given({
      id,
      entity: entityId,
      contact: contactId,
      channelType: query.entitySourceType,
      text: query.search,
    });
    const { entries, total } = await store.subscriptions(merchant, pageOf(query, context), filter);
    const viewer = { location: locationOf(caller), merchant };
    const data = entries.map(async (one) => ({
      ...subscriptionRow(one, viewer),
      ...(query.getPaymentsCollectedCount === true
        ? { paymentsCollectedCount: await countPayments(context, one) }
        : {}),
    }));
    return { data: await Promise.all(data), totalCount: total };
  },
});

export default operation;
export const { handler } = operation;
