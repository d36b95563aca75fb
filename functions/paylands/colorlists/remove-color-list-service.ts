import * as z from 'zod/mini';
import { listPath } from '#faces/paylands/colorlist-fields.ts';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';
import { removeService } from '#ledger/security/list-commands.ts';

/** Contract C.13, services; the path is inferred. A list without services holds for all. */
const operation = paylandsOperation({
  name: 'removeColorListService',
  summary: 'End that a security list holds for a service',
  tag: 'Security lists',
  routes: ['DELETE /colorlists/{list_uuid}/services', 'DELETE /colorlists/{list_uuid}/service'],
  profiles: ['all'],
  grants: { ledger: ['read', 'put'] },
  path: listPath,
  body: z.object({ service_uuid: uuid }),
  response: emptyAnswer,
  errors: ['service_not_found', 'security_list_not_found'],
  handle: async ({ path, body, context }) => {
    await removeService(context, path.list_uuid, body.service_uuid);
    return { answer: 'payload', payload: {} };
  },
});

export default operation;
export const { handler } = operation;
