import * as z from 'zod/mini';
import { externalId, nameText, optional, webUrl } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { productShape } from '#faces/paylands/plan-shapes.ts';
import { productView } from '#faces/paylands/plan-views.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { createProduct } from '#ledger/plans/plan-commands.ts';

/** Contract C.11. Whether money is real depends on the environment alone. */
const operation = paylandsOperation({
  name: 'createSubscriptionProduct',
  summary: 'Create a product',
  tag: 'Subscriptions',
  routes: ['POST /subscriptions/product'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'] },
  body: z.object({
    name: nameText(255),
    external_id: externalId,
    notification_url: optional(webUrl),
  }),
  response: answerShape({ product: productShape }),
  errors: ['product_exists'],
  handle: async ({ body, context }) => {
    const product = await createProduct(context, {
      externalId: body.external_id,
      name: body.name,
      notifyUrl: body.notification_url ?? null,
    });
    const isSandbox = context.merchant.environment === 'sandbox';
    return { answer: 'payload', payload: { product: productView(product, isSandbox) } };
  },
});

export default operation;
export const { handler } = operation;
