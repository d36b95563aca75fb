import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { planShape } from '#faces/paylands/plan-shapes.ts';
import { planView } from '#faces/paylands/plan-views.ts';
import { answerShape } from '#faces/paylands/shapes.ts';

/** Contract C.11: oldest first. */
const operation = paylandsOperation({
  name: 'listSubscriptionPlans',
  summary: 'List plans',
  tag: 'Subscriptions',
  routes: ['GET /subscriptions/plans'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['query'] },
  response: answerShape({ plans: z.array(planShape) }),
  errors: [],
  handle: async ({ context: { store, merchant } }) => {
    const isSandbox = merchant.environment === 'sandbox';
    const plans = await store.plans(merchant);
    return {
      answer: 'payload',
      payload: { plans: plans.map((one) => planView(one, isSandbox)) },
    };
  },
});

export default operation;
export const { handler } = operation;
