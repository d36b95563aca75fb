import * as z from 'zod/mini';
import { ownerOf } from '#faces/highlevel/access.ts';
import { optional } from '#faces/highlevel/field-kinds.ts';
import { boolean, locationId } from '#faces/highlevel/fields.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { optionalLocationQuery, requireLocation } from '#faces/highlevel/provider-fields.ts';
import { successAnswer } from '#faces/highlevel/provider-shapes.ts';
import { disconnectProvider } from '#ledger/providers/custom-provider.ts';

/** Contract 5.22: the body chooses the mode. */
const operation = highLevelOperation({
  name: 'disconnect-config',
  summary: 'Disconnect a custom payment provider in one mode',
  tag: 'Custom Provider',
  routes: ['POST /payments/custom-provider/disconnect'],
  scopes: ['payments/custom-provider.write'],
  tokens: 'app',
  grants: { ledger: ['read', 'put'] },
  query: optionalLocationQuery,
  body: z.object({ liveMode: boolean, locationId: optional(locationId) }),
  response: successAnswer,
  errors: ['provider_not_found'],
  handle: async ({ query, body, caller, context }) => {
    requireLocation(query, body);
    await disconnectProvider(context, ownerOf(caller), body.liveMode ? 'live' : 'test');
    return { success: true };
  },
});

export default operation;
export const { handler } = operation;
