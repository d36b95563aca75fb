import * as z from 'zod/mini';
import { text } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { deleteProduct } from '#ledger/plans/plan-commands.ts';

/** Contract C.11: what is subscribed to it goes on. */
const operation = paylandsOperation({
  name: 'deleteSubscriptionProduct',
  summary: 'Delete a product',
  tag: 'Subscriptions',
  routes: ['DELETE /subscriptions/product/{product_external_id}'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  path: z.object({ product_external_id: text(255) }),
  body: z.object({}),
  response: answerShape({ deleted: z.literal(1) }),
  errors: ['product_not_found'],
  handle: async ({ path, context }) => {
    await deleteProduct(context, path.product_external_id);
    return { answer: 'payload', payload: { deleted: 1 } };
  },
});

export default operation;
export const { handler } = operation;
