import * as z from 'zod/mini';
import { profileAnswer } from '#faces/paylands/customer-shapes.ts';
import { profileView } from '#faces/paylands/customer-views.ts';
import { text } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { getProfile } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, profiles: by the merchant’s own id of the customer. */
const operation = paylandsOperation({
  name: 'getCustomerProfile',
  summary: 'Get the profile of a customer',
  tag: 'Customers',
  routes: ['GET /customer/profile/{external_id}'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ external_id: text(255) }),
  response: profileAnswer,
  errors: ['profile_not_found'],
  handle: async ({ path, context }) => {
    const profile = await getProfile(context, path.external_id);
    return { answer: 'payload', payload: { customer_profile: profileView(profile) } };
  },
});

export default operation;
export const { handler } = operation;
