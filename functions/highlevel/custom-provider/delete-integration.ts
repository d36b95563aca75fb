import { removeProvider } from '../../../shared/ledger/custom-provider.ts';
import { ownerOf } from '../../../shared/operation/highlevel/access.ts';
import { highLevelOperation } from '../../../shared/operation/highlevel/operation.ts';
import { locationQuery } from '../../../shared/operation/highlevel/provider-fields.ts';
import { successAnswer } from '../../../shared/operation/highlevel/provider-views.ts';

/** Contract 5.19: with the provider go its keys. */
const operation = highLevelOperation({
  name: 'delete-integration',
  summary: 'Remove a custom payment provider',
  tag: 'Custom Provider',
  routes: ['DELETE /payments/custom-provider/provider'],
  scopes: ['payments/custom-provider.write'],
  tokens: 'app',
  grants: { ledger: 'write', key: true },
  query: locationQuery,
  response: successAnswer,
  errors: {
    400: 'The app has no provider for this location',
    422: 'Violations of the documented types',
  },
  handle: async ({ caller, context }) => {
    await removeProvider(context, ownerOf(caller));
    return { success: true };
  },
});

export default operation;
export const { handler } = operation;
