import { listPath } from '#faces/paylands/colorlist-fields.ts';
import { listShape } from '#faces/paylands/colorlist-shapes.ts';
import { listView } from '#faces/paylands/colorlist-views.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { getList } from '#ledger/security/list-commands.ts';

/** Contract C.13, get; the path is inferred. */
const operation = paylandsOperation({
  name: 'getColorList',
  summary: 'Get a security list with its items',
  tag: 'Security lists',
  routes: ['GET /colorlists/{list_uuid}', 'GET /colorlist/{list_uuid}'],
  profiles: ['all'],
  grants: { ledger: ['read', 'query'] },
  path: listPath,
  response: answerShape({ colorlists: listShape }),
  errors: ['security_list_not_found'],
  handle: async ({ path, context }) => {
    const list = await getList(context, path.list_uuid);
    return { answer: 'payload', payload: { colorlists: listView(list) } };
  },
});

export default operation;
export const { handler } = operation;
