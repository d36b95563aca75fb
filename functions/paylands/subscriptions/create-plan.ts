import { paylandsOperation } from '#faces/paylands/operation.ts';
import { planDraft, planFields } from '#faces/paylands/plan-fields.ts';
import { planShape } from '#faces/paylands/plan-shapes.ts';
import { planView } from '#faces/paylands/plan-views.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { createPlan } from '#ledger/plans/plan-commands.ts';

/** Contract C.11. */
const operation = paylandsOperation({
  name: 'createSubscriptionPlan',
  summary: 'Create a plan of a product',
  tag: 'Subscriptions',
  routes: ['POST /subscriptions/plan'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  body: planFields,
  response: answerShape({ plan: planShape }),
  errors: ['product_not_found', 'plan_exists'],
  handle: async ({ body, context }) => {
    const plan = await createPlan(context, planDraft(body));
    const isSandbox = context.merchant.environment === 'sandbox';
    return { answer: 'payload', payload: { plan: planView(plan, isSandbox) } };
  },
});

export default operation;
export const { handler } = operation;
