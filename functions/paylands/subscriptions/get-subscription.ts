import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { subscriptionId } from '#faces/paylands/subscription-fields.ts';
import { billedSubscriptionShape } from '#faces/paylands/subscription-shapes.ts';
import { recordView } from '#faces/paylands/subscription-views.ts';
import { LedgerError } from '#ledger/core/errors.ts';

/** Contract C.11: with all its payments; imported subscriptions are not charged here. */
const operation = paylandsOperation({
  name: 'getSubscription',
  summary: 'Get a subscription',
  tag: 'Subscriptions',
  routes: ['GET /subscriptions/subscription/{subscription_id}'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['query'] },
  path: z.object({ subscription_id: subscriptionId }),
  response: answerShape({ subscription: billedSubscriptionShape }),
  errors: ['subscription_not_found'],
  handle: async ({ path, context: { store, merchant } }) => {
    const id = path.subscription_id;
    const record = await store.subscriptionRecord(merchant, id);
    const view = record && recordView(record, merchant.environment === 'sandbox');
    if (view === null) throw new LedgerError('subscription_not_found', id);
    return { answer: 'payload', payload: { subscription: view } };
  },
});

export default operation;
export const { handler } = operation;
