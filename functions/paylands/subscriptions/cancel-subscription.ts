import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { subscriptionId } from '#faces/paylands/subscription-fields.ts';
import { cancelSubscription } from '#ledger/subscriptions/subscribe.ts';

/** Contract C.11: it can still be read, as one that is not active; again, nothing changes. */
const operation = paylandsOperation({
  name: 'cancelSubscription',
  summary: 'Cancel a subscription',
  tag: 'Subscriptions',
  routes: ['DELETE /subscriptions/subscription/{subscription_id}'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  path: z.object({ subscription_id: subscriptionId }),
  body: z.object({}),
  response: answerShape({ deleted: z.literal(1) }),
  errors: ['subscription_not_found'],
  handle: async ({ path, context }) => {
    await cancelSubscription(context, path.subscription_id);
    return { answer: 'payload', payload: { deleted: 1 } };
  },
});

export default operation;
export const { handler } = operation;
