import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { nameText, noCardNumber } from '#faces/highlevel/field-kinds.ts';
import { altQuery } from '#faces/highlevel/fields.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { whiteLabelShape } from '#faces/highlevel/white-label-shapes.ts';
import { whiteLabelView } from '#faces/highlevel/white-label-views.ts';
import { createWhiteLabel } from '#ledger/providers/white-label.ts';

/** Lower-case letters and hyphens, a letter at both ends. */
const uniqueName = z.string().check(
  z.minLength(1),
  z.maxLength(64),
  z.refine(
    (value) => /^[a-z](?:[a-z-]*[a-z])?$/.test(value),
    'must start and end with a letter and hold only lowercase letters and hyphens',
  ),
);

const imageUrl = z.string().check(
  z.maxLength(2048),
  z.refine(
    (value) => value.startsWith('https://') && URL.canParse(value),
    'must start with https://',
  ),
  noCardNumber(),
);

/** Contract 5.1: a brand built on one of two gateways; only an app may create it. */
const operation = highLevelOperation({
  name: 'create-integration-provider',
  summary: 'Create a white-label integration provider',
  tag: 'Integrations',
  routes: ['POST /payments/integrations/provider/whitelabel'],
  scopes: ['payments/integration.write'],
  tokens: 'app',
  grants: { ledger: ['read', 'put'] },
  body: z.object({
    ...altQuery,
    uniqueName,
    title: nameText(255),
    provider: z.enum(['authorize-net', 'nmi']),
    description: nameText(2000),
    imageUrl,
  }),
  response: whiteLabelShape,
  errors: ['white_label_name_taken'],
  handle: async ({ body, caller, context }) => {
    const { uniqueName, title, provider: gateway, description, imageUrl } = body;
    const location = locationOf(caller);
    const draft = { location, uniqueName, title, gateway, description, imageUrl };
    return whiteLabelView(await createWhiteLabel(context, draft));
  },
});

export default operation;
export const { handler } = operation;
