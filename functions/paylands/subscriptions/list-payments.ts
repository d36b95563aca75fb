import * as z from 'zod/mini';
import { integer, optional } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { pageOf } from '#faces/paylands/page.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { subscriptionPaymentShape } from '#faces/paylands/subscription-shapes.ts';
import { subscriptionPaymentView } from '#faces/paylands/subscription-views.ts';

/** An answer of Lambda holds 6 MB. */
const MAX_LISTED = 5000;

/** Contract C.11: newest first. `limit` and `offset` are ours, for those who have more. */
const operation = paylandsOperation({
  name: 'listSubscriptionPayments',
  summary: 'List the payments of all subscriptions',
  tag: 'Subscriptions',
  routes: ['GET /subscriptions/payments'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['query lists'] },
  query: z.object({
    limit: optional(integer(1, MAX_LISTED)),
    offset: optional(integer(0, 1_000_000)),
  }),
  response: answerShape({
    next_offset: z.optional(z.int()),
    payments: z.array(subscriptionPaymentShape),
  }),
  errors: [],
  handle: async ({ query: { limit = 1000, offset = 0 }, context: { store, merchant } }) => {
    const found = await store.subscriptionPayments(merchant, { limit: limit + 1, offset });
    const { rows, more } = pageOf(found, { limit, offset });
    return { answer: 'payload', payload: { ...more, payments: rows.map(subscriptionPaymentView) } };
  },
});

export default operation;
export const { handler } = operation;
