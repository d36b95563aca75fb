import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { altQuery, pageQuery } from '#faces/highlevel/fields.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { whiteLabelShape } from '#faces/highlevel/white-label-shapes.ts';
import { whiteLabelView } from '#faces/highlevel/white-label-views.ts';
import { listWhiteLabels } from '#ledger/providers/white-label.ts';

/** Contract 5.2: the documented limit of 0 means none. The document types the list as one object. */
const operation = highLevelOperation({
  name: 'list-integration-providers',
  summary: 'List white-label integration providers',
  tag: 'Integrations',
  routes: ['GET /payments/integrations/provider/whitelabel'],
  scopes: ['payments/integration.readonly'],
  grants: { ledger: ['query'] },
  query: z.object({ ...altQuery, ...pageQuery }),
  response: z.looseObject({ providers: z.array(whiteLabelShape) }),
  errors: [],
  handle: async ({ query: { limit = 0, offset = 0 }, caller, context }) => {
    const all = await listWhiteLabels(context, locationOf(caller));
    const page = all.slice(offset, limit === 0 ? all.length : offset + limit);
    return { providers: page.map(whiteLabelView) };
  },
});

export default operation;
export const { handler } = operation;
