import * as z from 'zod/mini';
import { listWhiteLabels } from '../../../shared/ledger/white-label.ts';
import { locationOf } from '../../../shared/operation/highlevel/access.ts';
import { altQuery, pageQuery } from '../../../shared/operation/highlevel/fields.ts';
import { highLevelOperation } from '../../../shared/operation/highlevel/operation.ts';
import {
  whiteLabelShape,
  whiteLabelView,
} from '../../../shared/operation/highlevel/white-label-views.ts';

/** Contract 5.2: the documented limit of 0 means none. The document types the list as one object. */
const operation = highLevelOperation({
  name: 'list-integration-providers',
  summary: 'List white-label integration providers',
  tag: 'Integrations',
  routes: ['GET /payments/integrations/provider/whitelabel'],
  scopes: ['payments/integration.readonly'],
  grants: { ledger: 'read', key: true },
  query: z.object({ ...altQuery, ...pageQuery }),
  response: z.looseObject({ providers: z.array(whiteLabelShape) }),
  errors: { 422: 'Violations of the documented types' },
  handle: async ({ query: { limit = 0, offset = 0 }, caller, context }) => {
    const all = await listWhiteLabels(context, locationOf(caller));
    const page = all.slice(offset, limit === 0 ? all.length : offset + limit);
    return { providers: page.map(whiteLabelView) };
  },
});

export default operation;
export const { handler } = operation;
