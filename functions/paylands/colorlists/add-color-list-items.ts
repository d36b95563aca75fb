import { itemsBody, listPath } from '#faces/paylands/colorlist-fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';
import { addItems } from '#ledger/security/list-commands.ts';

/** Contract C.13, items; the path is inferred. What the list has already stays as it is. */
const operation = paylandsOperation({
  name: 'addColorListItems',
  summary: 'Add items to a security list',
  tag: 'Security lists',
  routes: ['POST /colorlists/{list_uuid}/items', 'POST /colorlists/{list_uuid}/item'],
  profiles: ['all'],
  grants: { ledger: ['read', 'query', 'put', 'update'] },
  path: listPath,
  body: itemsBody,
  response: emptyAnswer,
  errors: {
    400: 'A field is missing or not valid; the list, or all together, cannot take so many items',
    404: 'The list, or a card that is named by its uuid, is unknown',
  },
  handle: async ({ path, body, context }) => {
    await addItems(context, path.list_uuid, body.items);
    return { answer: 'payload', payload: {} };
  },
});

export default operation;
export const { handler } = operation;
