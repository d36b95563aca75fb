import { ownerOf } from '#faces/highlevel/access.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { locationQuery } from '#faces/highlevel/provider-fields.ts';
import { providerAnswer } from '#faces/highlevel/provider-shapes.ts';
import { providerView } from '#faces/highlevel/provider-views.ts';
import { getProvider } from '#ledger/providers/custom-provider.ts';

/** Contract 5.20: the keys are returned where they are set. */
const operation = highLevelOperation({
  name: 'fetch-config',
  summary: 'Get a custom payment provider with its keys',
  tag: 'Custom Provider',
  routes: ['GET /payments/custom-provider/connect'],
  scopes: ['payments/custom-provider.readonly'],
  tokens: 'app',
  grants: { ledger: ['read'] },
  query: locationQuery,
  response: providerAnswer,
  notFound: 404,
  errors: ['provider_not_found'],
  handle: async ({ caller, context, runtime, traceId }) => {
    const provider = await getProvider(context, ownerOf(caller));
    return { ...providerView(provider, await runtime.access.vault()), traceId };
  },
});

export default operation;
export const { handler } = operation;
