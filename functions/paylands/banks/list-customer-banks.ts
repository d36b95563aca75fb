import * as z from 'zod/mini';
import { bankView } from '#faces/paylands/customer-views.ts';
import { text } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape, bankShape } from '#faces/paylands/shapes.ts';
import { listBanks } from '#ledger/customers/bank-account-commands.ts';

/** Contract C.7, listCustomerBanks; the path is inferred. Oldest first. */
const operation = paylandsOperation({
  name: 'listCustomerBanks',
  summary: "List a customer's bank accounts",
  tag: 'Bank accounts',
  routes: ['GET /customer/{customer_ext_id}/banks', 'GET /customer/{customer_ext_id}/bank'],
  profiles: ['card', 'readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ customer_ext_id: text(255) }),
  response: answerShape({ banks: z.array(bankShape) }),
  errors: ['customer_not_found'],
  handle: async ({ path, context }) => {
    const banks = await listBanks(context, path.customer_ext_id);
    return { answer: 'payload', payload: { banks: banks.map(bankView) } };
  },
});

export default operation;
export const { handler } = operation;
