import * as z from 'zod/mini';
import { listPath } from '#faces/paylands/colorlist-fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';
import { deleteList } from '#ledger/security/list-commands.ts';

/** Contract C.13, delete; the path is inferred. */
const operation = paylandsOperation({
  name: 'deleteColorList',
  summary: 'Delete a security list with its items',
  tag: 'Security lists',
  routes: ['DELETE /colorlists/{list_uuid}', 'DELETE /colorlist/{list_uuid}'],
  profiles: ['all'],
  grants: { ledger: ['read', 'query', 'put', 'update', 'delete'] },
  path: listPath,
  body: z.object({}),
  response: emptyAnswer,
  errors: ['security_list_not_found'],
  handle: async ({ path, context }) => {
    await deleteList(context, path.list_uuid);
    return { answer: 'payload', payload: {} };
  },
});

export default operation;
export const { handler } = operation;
