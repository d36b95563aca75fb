import { profileBody, profileDraft } from '#faces/paylands/customer-profile-fields.ts';
import { customerProfileAnswer } from '#faces/paylands/customer-shapes.ts';
import { profileView } from '#faces/paylands/customer-views.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { createProfile } from '#ledger/customers/customer-file-commands.ts';

/** Contract C.5, profiles. A customer has one. */
const operation = paylandsOperation({
  name: 'createCustomerProfile',
  summary: 'Keep the profile of a customer',
  tag: 'Customers',
  routes: ['POST /customer/profile'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  body: profileBody,
  response: customerProfileAnswer,
  errors: ['profile_exists'],
  handle: async ({ body, context }) => {
    const profile = await createProfile(context, body.external_id, profileDraft(body));
    const customer = { external_id: body.external_id };
    return { answer: 'payload', payload: { customer, customer_profile: profileView(profile) } };
  },
});

export default operation;
export const { handler } = operation;
