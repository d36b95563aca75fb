import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { productShape } from '#faces/paylands/plan-shapes.ts';
import { productView } from '#faces/paylands/plan-views.ts';
import { answerShape } from '#faces/paylands/shapes.ts';

/** Contract C.11: oldest first. */
const operation = paylandsOperation({
  name: 'listSubscriptionProducts',
  summary: 'List products',
  tag: 'Subscriptions',
  routes: ['GET /subscriptions/products'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['query'] },
  response: answerShape({ products: z.array(productShape) }),
  errors: [],
  handle: async ({ context: { store, merchant } }) => {
    const isSandbox = merchant.environment === 'sandbox';
    const products = await store.products(merchant);
    return {
      answer: 'payload',
      payload: { products: products.map((one) => productView(one, isSandbox)) },
    };
  },
});

export default operation;
export const { handler } = operation;
