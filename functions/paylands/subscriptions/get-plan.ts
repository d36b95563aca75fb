import * as z from 'zod/mini';
import { text } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { planShape } from '#faces/paylands/plan-shapes.ts';
import { planView } from '#faces/paylands/plan-views.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { getPlan } from '#ledger/plans/plan-commands.ts';

/** Contract C.11. */
const operation = paylandsOperation({
  name: 'getSubscriptionPlan',
  summary: 'Get a plan',
  tag: 'Subscriptions',
  routes: ['GET /subscriptions/plan/{plan_external_id}'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ plan_external_id: text(255) }),
  response: answerShape({ plan: planShape }),
  errors: ['plan_not_found'],
  handle: async ({ path, context }) => {
    const plan = await getPlan(context, path.plan_external_id);
    const isSandbox = context.merchant.environment === 'sandbox';
    return { answer: 'payload', payload: { plan: planView(plan, isSandbox) } };
  },
});

export default operation;
export const { handler } = operation;
