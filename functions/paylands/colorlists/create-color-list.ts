import * as z from 'zod/mini';
import { colorOf, listType } from '#faces/paylands/colorlist-fields.ts';
import { listShape } from '#faces/paylands/colorlist-shapes.ts';
import { listView } from '#faces/paylands/colorlist-views.ts';
import { flag, freeText } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { createList } from '#ledger/security/list-commands.ts';

/** Contract C.13, create; the path is inferred. */
const operation = paylandsOperation({
  name: 'createColorList',
  summary: 'Create a security list',
  tag: 'Security lists',
  routes: ['POST /colorlists', 'POST /colorlist'],
  profiles: ['all'],
  grants: { ledger: ['read', 'put'] },
  body: z.object({ type: listType, enabled: flag, description: freeText(1000) }),
  response: answerShape({ colorlists: listShape }),
  errors: ['too_many_security_lists'],
  handle: async ({ body, context }) => {
    const { type, enabled, description } = body;
    const list = await createList(context, { color: colorOf(type), enabled, description });
    return { answer: 'payload', payload: { colorlists: listView(list) } };
  },
});

export default operation;
export const { handler } = operation;
