import * as z from 'zod/mini';
import { addressAnswer } from '#faces/paylands/customer-shapes.ts';
import { addressView } from '#faces/paylands/customer-views.ts';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { getAddress } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, addresses. */
const operation = paylandsOperation({
  name: 'getCustomerAddress',
  summary: 'Get an address of a customer',
  tag: 'Customers',
  routes: ['GET /customer/address/{uuid}'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ uuid }),
  response: addressAnswer,
  errors: ['address_not_found'],
  handle: async ({ path, context }) => {
    const address = await getAddress(context, path.uuid);
    return { answer: 'payload', payload: { customer_address: addressView(address) } };
  },
});

export default operation;
export const { handler } = operation;
