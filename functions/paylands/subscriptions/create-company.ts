import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { companyShape } from '#faces/paylands/plan-shapes.ts';
import { companyView } from '#faces/paylands/plan-views.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { registerCompany } from '#ledger/plans/plan-commands.ts';

/** Contract C.11: the same company every time. Nothing else waits for it. */
const operation = paylandsOperation({
  name: 'createSubscriptionCompany',
  summary: 'Register as a seller of subscriptions',
  tag: 'Subscriptions',
  routes: ['POST /subscriptions/company'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  body: z.object({}),
  signed: false,
  response: answerShape({ company: companyShape }),
  errors: [],
  handle: async ({ context }) => ({
    answer: 'payload',
    payload: { company: companyView(await registerCompany(context)) },
  }),
});

export default operation;
export const { handler } = operation;
