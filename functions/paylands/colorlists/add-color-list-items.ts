import { itemsBody, listPath } from '#faces/paylands/colorlist-fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';
import { addItems } from '#ledger/security/list-item-commands.ts';

/** Contract C.13, items; the path is inferred. What the list has already stays as it is. */
const operation = paylandsOperation({
  name: 'addColorListItems',
  summary: 'Add items to a security list',
  tag: 'Security lists',
  routes: ['POST /colorlists/{list_uuid}/items', 'POST /colorlists/{list_uuid}/item'],
  profiles: ['all'],
  grants: { ledger: ['read', 'query', 'put', 'update'], acquirer: true },
  path: listPath,
  body: itemsBody,
  response: emptyAnswer,
  errors: [
    'security_list_full',
    'security_lists_full',
    'security_list_not_found',
    'card_not_found',
  ],
  handle: async ({ path, body, context }) => {
    await addItems(context, path.list_uuid, body.items);
    return { answer: 'payload', payload: {} };
  },
});

export default operation;
export const { handler } = operation;
