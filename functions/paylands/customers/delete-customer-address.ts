import * as z from 'zod/mini';
import { addressAnswer } from '#faces/paylands/customer-shapes.ts';
import { addressView } from '#faces/paylands/customer-views.ts';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { deleteAddress } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, addresses: answers what was deleted. */
const operation = paylandsOperation({
  name: 'deleteCustomerAddress',
  summary: 'Delete an address of a customer',
  tag: 'Customers',
  routes: ['DELETE /customer/address'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'delete'] },
  body: z.object({ uuid }),
  response: addressAnswer,
  errors: ['address_not_found'],
  handle: async ({ body, context }) => {
    const address = await deleteAddress(context, body.uuid);
    return { answer: 'payload', payload: { customer_address: addressView(address) } };
  },
});

export default operation;
export const { handler } = operation;
