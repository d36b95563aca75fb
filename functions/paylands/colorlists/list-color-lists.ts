import * as z from 'zod/mini';
import { colorOf, listType } from '#faces/paylands/colorlist-fields.ts';
import { listShape } from '#faces/paylands/colorlist-shapes.ts';
import { listView } from '#faces/paylands/colorlist-views.ts';
import { optional } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { lists } from '#ledger/security/list-commands.ts';

/** Contract C.13, list; the path is inferred. Of one type, or all, oldest first. */
const operation = paylandsOperation({
  name: 'listColorLists',
  summary: 'List the security lists of a type',
  tag: 'Security lists',
  routes: ['GET /colorlists'],
  profiles: ['all'],
  grants: { ledger: ['read', 'query'] },
  query: z.object({ type: optional(listType) }),
  response: answerShape({ colorlists: z.array(listShape) }),
  errors: [],
  handle: async ({ query, context }) => {
    const found = await lists(context, query.type === undefined ? null : colorOf(query.type));
    return { answer: 'payload', payload: { colorlists: found.map(listView) } };
  },
});

export default operation;
export const { handler } = operation;
