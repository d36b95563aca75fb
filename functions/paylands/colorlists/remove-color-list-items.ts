import { itemNamesBody, listPath } from '#faces/paylands/colorlist-fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';
import { removeItems } from '#ledger/security/list-item-commands.ts';

/** Contract C.13, items; the path is inferred. What the list does not have is passed over. */
const operation = paylandsOperation({
  name: 'removeColorListItems',
  summary: 'Remove items from a security list, by uuid or value',
  tag: 'Security lists',
  routes: ['DELETE /colorlists/{list_uuid}/items', 'DELETE /colorlists/{list_uuid}/item'],
  profiles: ['all'],
  grants: { ledger: ['read', 'query', 'put', 'update', 'delete'], acquirer: true },
  path: listPath,
  body: itemNamesBody,
  response: emptyAnswer,
  errors: ['security_list_not_found'],
  handle: async ({ path, body, context }) => {
    await removeItems(context, path.list_uuid, body.items);
    return { answer: 'payload', payload: {} };
  },
});

export default operation;
export const { handler } = operation;
