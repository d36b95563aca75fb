import * as z from 'zod/mini';
import { text } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { productShape } from '#faces/paylands/plan-shapes.ts';
import { productView } from '#faces/paylands/plan-views.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { getProduct } from '#ledger/plans/plan-commands.ts';

/** Contract C.11. */
const operation = paylandsOperation({
  name: 'getSubscriptionProduct',
  summary: 'Get a product',
  tag: 'Subscriptions',
  routes: ['GET /subscriptions/product/{product_external_id}'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ product_external_id: text(255) }),
  response: answerShape({ product: productShape }),
  errors: ['product_not_found'],
  handle: async ({ path, context }) => {
    const product = await getProduct(context, path.product_external_id);
    const isSandbox = context.merchant.environment === 'sandbox';
    return { answer: 'payload', payload: { product: productView(product, isSandbox) } };
  },
});

export default operation;
export const { handler } = operation;
