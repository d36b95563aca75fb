import * as z from 'zod/mini';
import { bankView } from '#faces/paylands/customer-views.ts';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape, bankShape } from '#faces/paylands/shapes.ts';
import { getBank } from '#ledger/customers/bank-account-commands.ts';

/** Contract C.7, getBank; the path is inferred. */
const operation = paylandsOperation({
  name: 'getBank',
  summary: 'Get a bank account',
  tag: 'Bank accounts',
  routes: ['GET /payment-method/bank/{uuid}', 'GET /payment-method/banks/{uuid}'],
  profiles: ['card', 'readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ uuid }),
  response: answerShape({ bank: bankShape }),
  errors: ['bank_not_found'],
  handle: async ({ path, context }) => {
    const { bank } = await getBank(context, path.uuid);
    return { answer: 'payload', payload: { bank: bankView(bank) } };
  },
});

export default operation;
export const { handler } = operation;
