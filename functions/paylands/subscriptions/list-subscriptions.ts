import * as z from 'zod/mini';
import { integer, optional } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { billedSubscriptionShape, recordView } from '#faces/paylands/subscription-views.ts';

/** An answer of Lambda holds 6 MB. */
const MAX_LISTED = 500;

/** Contract C.11: newest first. `limit` and `offset` are ours, for those who have more. */
const operation = paylandsOperation({
  name: 'listSubscriptions',
  summary: 'List subscriptions',
  tag: 'Subscriptions',
  routes: ['GET /subscriptions/subscriptions'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['query'] },
  query: z.object({
    limit: optional(integer(1, MAX_LISTED)),
    offset: optional(integer(0, 1_000_000)),
  }),
  response: answerShape({ subscriptions: z.array(billedSubscriptionShape) }),
  errors: [],
  handle: async ({ query: { limit = MAX_LISTED, offset = 0 }, context: { store, merchant } }) => {
    const records = await store.billedSubscriptions(merchant, { limit, offset });
    const isSandbox = merchant.environment === 'sandbox';
    const subscriptions = records.map((one) => recordView(one, isSandbox));
    return { answer: 'payload', payload: { subscriptions } };
  },
});

export default operation;
export const { handler } = operation;
