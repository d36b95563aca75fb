import { ownerOf } from '#faces/highlevel/access.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { locationQuery } from '#faces/highlevel/provider-fields.ts';
import { successAnswer } from '#faces/highlevel/provider-shapes.ts';
import { removeProvider } from '#ledger/providers/custom-provider.ts';

/** Contract 5.19: with the provider go its keys. */
const operation = highLevelOperation({
  name: 'delete-integration',
  summary: 'Remove a custom payment provider',
  tag: 'Custom Provider',
  routes: ['DELETE /payments/custom-provider/provider'],
  scopes: ['payments/custom-provider.write'],
  tokens: 'app',
  grants: { ledger: ['read', 'put'] },
  query: locationQuery,
  response: successAnswer,
  errors: ['provider_not_found'],
  handle: async ({ caller, context }) => {
    await removeProvider(context, ownerOf(caller));
    return { success: true };
  },
});

export default operation;
export const { handler } = operation;
