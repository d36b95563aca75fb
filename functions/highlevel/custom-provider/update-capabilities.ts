import * as z from 'zod/mini';
import { appOf } from '#faces/highlevel/access.ts';
import { anyOf, optional } from '#faces/highlevel/field-kinds.ts';
import { boolean, locationId } from '#faces/highlevel/fields.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { successAnswer } from '#faces/highlevel/provider-shapes.ts';
import { setCapabilities } from '#ledger/providers/custom-provider.ts';

/**
 * Contract 5.23: the only operation that accepts a company. The accounts are the token's own, as
 * was checked before.
 */
const operation = highLevelOperation({
  name: 'update-capabilities',
  summary: 'Say what the app can do for a location or a company',
  tag: 'Custom Provider',
  routes: ['PUT /payments/custom-provider/capabilities'],
  scopes: ['payments/custom-provider.write'],
  tokens: 'app_or_company',
  grants: { ledger: ['read', 'put'] },
  body: z
    .object({
      supportsSubscriptionSchedules: boolean,
      companyId: optional(locationId),
      locationId: optional(locationId),
    })
    .check(...anyOf('companyId', 'locationId')),
  response: successAnswer,
  errors: [],
  handle: ({ body, caller, context }) => {
    const supportsSchedules = body.supportsSubscriptionSchedules;
    for (const account of [body.companyId, body.locationId]) {
      if (account === undefined) continue;
      setCapabilities(context, { account, app: appOf(caller), supportsSchedules });
    }
    return { success: true };
  },
});

export default operation;
export const { handler } = operation;
