import { addressDraft, newAddressBody } from '#faces/paylands/customer-address-fields.ts';
import { customerAddressAnswer } from '#faces/paylands/customer-shapes.ts';
import { addressView } from '#faces/paylands/customer-views.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { createAddress } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, addresses: a new default takes the place of the one before. */
const operation = paylandsOperation({
  name: 'createCustomerAddress',
  summary: 'Keep an address of a customer',
  tag: 'Customers',
  routes: ['POST /customer/address'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  body: newAddressBody,
  response: customerAddressAnswer,
  errors: ['customer_file_full'],
  handle: async ({ body, context }) => {
    const address = await createAddress(context, body.external_id, {
      ...addressDraft(body),
      type: body.type ?? 'OTHER',
    });
    const customer = { external_id: body.external_id };
    return { answer: 'payload', payload: { customer, customer_address: addressView(address) } };
  },
});

export default operation;
export const { handler } = operation;
