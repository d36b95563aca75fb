import { accountBody, accountDraft } from '#faces/paylands/customer-account-fields.ts';
import { customerAccountAnswer } from '#faces/paylands/customer-shapes.ts';
import { accountView } from '#faces/paylands/customer-views.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { updateAccount } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, accounts. */
const operation = paylandsOperation({
  name: 'updateCustomerAccount',
  summary: 'Change an account of a customer',
  tag: 'Customers',
  routes: ['PUT /customer/account'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  body: accountBody,
  response: customerAccountAnswer,
  errors: ['account_not_found'],
  handle: async ({ body, context }) => {
    const account = await updateAccount(context, body.external_id, {
      ...accountDraft(body),
      uuid: body.uuid,
    });
    const customer = { external_id: body.external_id };
    return { answer: 'payload', payload: { customer, customer_account: accountView(account) } };
  },
});

export default operation;
export const { handler } = operation;
