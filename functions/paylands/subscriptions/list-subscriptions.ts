import * as z from 'zod/mini';
import { integer, optional } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { pageOf } from '#faces/paylands/page.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { billedSubscriptionShape } from '#faces/paylands/subscription-shapes.ts';
import { recordView } from '#faces/paylands/subscription-views.ts';

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
  response: answerShape({
    next_offset: z.optional(z.int()),
    subscriptions: z.array(billedSubscriptionShape),
  }),
  errors: [],
  handle: async ({ query: { limit = MAX_LISTED, offset = 0 }, context: { store, merchant } }) => {
    const found = await store.billedSubscriptions(merchant, { limit: limit + 1, offset });
    const { rows, more } = pageOf(found, { limit, offset });
    const isSandbox = merchant.environment === 'sandbox';
    const subscriptions = rows.map((one) => recordView(one, isSandbox));
    return { answer: 'payload', payload: { ...more, subscriptions } };
  },
});

export default operation;
export const { handler } = operation;
