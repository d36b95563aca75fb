import * as z from 'zod/mini';
import { listPath } from '#faces/paylands/colorlist-fields.ts';
import { listShape } from '#faces/paylands/colorlist-shapes.ts';
import { listView } from '#faces/paylands/colorlist-views.ts';
import { flag, optional } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { toggleList } from '#ledger/security/list-commands.ts';

/** Contract C.13, toggle; the path is inferred. An empty body turns the list to what it is not. */
const operation = paylandsOperation({
  name: 'toggleColorList',
  summary: 'Enable or disable a security list',
  tag: 'Security lists',
  routes: [
    'PUT /colorlists/{list_uuid}',
    'POST /colorlists/{list_uuid}',
    'PUT /colorlist/{list_uuid}',
  ],
  profiles: ['all'],
  grants: { ledger: ['read', 'query', 'put'] },
  signed: false,
  path: listPath,
  body: z.object({ enabled: optional(flag) }),
  response: answerShape({ colorlists: listShape }),
  errors: ['security_list_not_found'],
  handle: async ({ path, body, context }) => {
    const list = await toggleList(context, path.list_uuid, body.enabled ?? null);
    return { answer: 'payload', payload: { colorlists: listView(list) } };
  },
});

export default operation;
export const { handler } = operation;
