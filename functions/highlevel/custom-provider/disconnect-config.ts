import * as z from 'zod/mini';
import { disconnectProvider } from '../../../shared/ledger/custom-provider.ts';
import { ownerOf } from '../../../shared/operation/highlevel/access.ts';
import { highLevelOperation } from '../../../shared/operation/highlevel/operation.ts';
import { locationQuery } from '../../../shared/operation/highlevel/provider-fields.ts';
import { successAnswer } from '../../../shared/operation/highlevel/provider-views.ts';

/** Contract 5.22: the body chooses the mode. */
const operation = highLevelOperation({
  name: 'disconnect-config',
  summary: 'Disconnect a custom payment provider in one mode',
  tag: 'Custom Provider',
  routes: ['POST /payments/custom-provider/disconnect'],
  scopes: ['payments/custom-provider.write'],
  tokens: 'app',
  grants: { ledger: 'write', key: true },
  query: locationQuery,
  body: z.object({ liveMode: z.boolean() }),
  response: successAnswer,
  errors: {
    400: 'The app has no provider for this location, or it is not connected in this mode',
    422: 'Violations of the documented types',
  },
  handle: async ({ body: { liveMode }, caller, context }) => {
    await disconnectProvider(context, ownerOf(caller), liveMode ? 'live' : 'test');
    return { success: true };
  },
});

export default operation;
export const { handler } = operation;
