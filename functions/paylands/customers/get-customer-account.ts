import * as z from 'zod/mini';
import { accountAnswer } from '#faces/paylands/customer-shapes.ts';
import { accountView } from '#faces/paylands/customer-views.ts';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { getAccount } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, accounts. */
const operation = paylandsOperation({
  name: 'getCustomerAccount',
  summary: 'Get an account of a customer',
  tag: 'Customers',
  routes: ['GET /customer/account/{uuid}'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ uuid }),
  response: accountAnswer,
  errors: ['account_not_found'],
  handle: async ({ path, context }) => {
    const account = await getAccount(context, path.uuid);
    return { answer: 'payload', payload: { customer_account: accountView(account) } };
  },
});

export default operation;
export const { handler } = operation;
