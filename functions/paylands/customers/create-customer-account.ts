import { accountDraft, newAccountBody } from '#faces/paylands/customer-account-fields.ts';
import { customerAccountAnswer } from '#faces/paylands/customer-shapes.ts';
import { accountView } from '#faces/paylands/customer-views.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { createAccount } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, accounts: the number is checked by what its type is, and kept encrypted. */
const operation = paylandsOperation({
  name: 'createCustomerAccount',
  summary: 'Keep an account of a customer',
  tag: 'Customers',
  routes: ['POST /customer/account'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  body: newAccountBody,
  response: customerAccountAnswer,
  errors: ['customer_file_full'],
  handle: async ({ body, context }) => {
    const account = await createAccount(context, body.external_id, accountDraft(body));
    const customer = { external_id: body.external_id };
    return { answer: 'payload', payload: { customer, customer_account: accountView(account) } };
  },
});

export default operation;
export const { handler } = operation;
