import { ownerOf } from '#faces/highlevel/access.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import {
  keysFields,
  optionalLocationQuery,
  requireLocation,
} from '#faces/highlevel/provider-fields.ts';
import { providerAnswer } from '#faces/highlevel/provider-shapes.ts';
import { encryptKeys, providerView } from '#faces/highlevel/provider-views.ts';
import { connectProvider } from '#ledger/providers/custom-provider.ts';

/** Contract 5.21: keys can only be given once the provider is registered. */
const operation = highLevelOperation({
  name: 'create-config',
  summary: 'Connect a custom payment provider with its keys',
  tag: 'Custom Provider',
  routes: ['POST /payments/custom-provider/connect'],
  scopes: ['payments/custom-provider.write'],
  tokens: 'app',
  grants: { ledger: ['read', 'put'] },
  query: optionalLocationQuery,
  body: keysFields,
  response: providerAnswer,
  errors: ['provider_not_registered'],
  handle: async ({ query, body, caller, context, runtime, traceId }) => {
    requireLocation(query, body);
    const { live, test } = body;
    const vault = await runtime.access.vault();
    const provider = await connectProvider(context, ownerOf(caller), {
      ...(live === undefined ? {} : { live: encryptKeys(vault, live) }),
      ...(test === undefined ? {} : { test: encryptKeys(vault, test) }),
    });
    return { ...providerView(provider, null), traceId };
  },
});

export default operation;
export const { handler } = operation;
