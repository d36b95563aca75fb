import { ownerOf } from '#faces/highlevel/access.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import {
  optionalLocationQuery,
  providerFields,
  requireLocation,
} from '#faces/highlevel/provider-fields.ts';
import { providerAnswer } from '#faces/highlevel/provider-shapes.ts';
import { providerView } from '#faces/highlevel/provider-views.ts';
import { registerProvider } from '#ledger/providers/custom-provider.ts';

/** Contract 5.18: a second one for the same app and location takes the place of the first. */
const operation = highLevelOperation({
  name: 'create-integration',
  summary: 'Register a custom payment provider',
  tag: 'Custom Provider',
  routes: ['POST /payments/custom-provider/provider'],
  scopes: ['payments/custom-provider.write'],
  tokens: 'app',
  grants: { ledger: ['read', 'put'] },
  query: optionalLocationQuery,
  body: providerFields,
  response: providerAnswer,
  errors: [],
  handle: async ({ query, body, caller, context, traceId }) => {
    requireLocation(query, body);
    const {
      locationId: _,
      supportsSubscriptionSchedule: supportsSchedules = false,
      ...draft
    } = body;
    const provider = await registerProvider(context, ownerOf(caller), {
      ...draft,
      supportsSchedules,
    });
    return { ...providerView(provider, null), traceId };
  },
});

export default operation;
export const { handler } = operation;
