import { addressBody, addressDraft } from '#faces/paylands/customer-address-fields.ts';
import { customerAddressAnswer } from '#faces/paylands/customer-shapes.ts';
import { addressView } from '#faces/paylands/customer-views.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { updateAddress } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, addresses: the type cannot change. */
const operation = paylandsOperation({
  name: 'updateCustomerAddress',
  summary: 'Change an address of a customer',
  tag: 'Customers',
  routes: ['PUT /customer/address'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  body: addressBody,
  response: customerAddressAnswer,
  errors: ['address_type_fixed', 'address_not_found'],
  handle: async ({ body, context }) => {
    const address = await updateAddress(context, body.external_id, {
      ...addressDraft(body),
      uuid: body.uuid,
      type: body.type ?? null,
    });
    const customer = { external_id: body.external_id };
    return { answer: 'payload', payload: { customer, customer_address: addressView(address) } };
  },
});

export default operation;
export const { handler } = operation;
