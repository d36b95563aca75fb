import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { text } from '#faces/highlevel/field-kinds.ts';
import { altQuery } from '#faces/highlevel/fields.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { subscriptionShape } from '#faces/highlevel/subscription-shapes.ts';
import { subscriptionView } from '#faces/highlevel/subscription-views.ts';
import { getSubscription } from '#ledger/subscriptions/subscription-commands.ts';

/** Contract 5.12. */
const operation = highLevelOperation({
  name: 'get-subscription-by-id',
  summary: 'Get a subscription',
  tag: 'Subscriptions',
  routes: ['GET /payments/subscriptions/{subscriptionId}'],
  scopes: ['payments/subscriptions.readonly'],
  grants: { ledger: ['read'] },
  path: z.object({ subscriptionId: text(64) }),
  query: z.object(altQuery),
  response: subscriptionShape,
  errors: ['subscription_not_found'],
  handle: async ({ path, caller, context, traceId }) => {
    const location = locationOf(caller);
    const subscription = await getSubscription(context, location, path.subscriptionId);
    return subscriptionView(subscription, { location, merchant: context.merchant }, traceId);
  },
});

export default operation;
export const { handler } = operation;
