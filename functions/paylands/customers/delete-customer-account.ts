import * as z from 'zod/mini';
import { accountAnswer } from '#faces/paylands/customer-shapes.ts';
import { accountView } from '#faces/paylands/customer-views.ts';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { deleteAccount } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, accounts: answers what was deleted. */
const operation = paylandsOperation({
  name: 'deleteCustomerAccount',
  summary: 'Delete an account of a customer',
  tag: 'Customers',
  routes: ['DELETE /customer/account'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'delete'] },
  body: z.object({ uuid }),
  response: accountAnswer,
  errors: ['account_not_found'],
  handle: async ({ body, context }) => {
    const account = await deleteAccount(context, body.uuid);
    return { answer: 'payload', payload: { customer_account: accountView(account) } };
  },
});

export default operation;
export const { handler } = operation;
