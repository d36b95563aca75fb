import * as z from 'zod/mini';
import { optionalExtraData } from '#faces/paylands/extra-data.ts';
import { flag, optional, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { languageQuery, orderDraft, orderFields } from '#faces/paylands/order-fields.ts';
import { extraDataWithPurchase, purchaseFrom } from '#faces/paylands/purchase.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { urlsView } from '#faces/paylands/views.ts';
import { getCard } from '#ledger/cards/card-commands.ts';
import { serviceOf } from '#ledger/core/services.ts';
import { createOrder } from '#ledger/orders/order-commands.ts';
import { useCoupon } from '#ledger/purchases/coupon-commands.ts';

/** Contract C.3, createOrder. */
const operation = paylandsOperation({
  name: 'createOrder',
  summary: 'Create a payment order',
  tag: 'Payments',
  routes: ['POST /payment'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'] },
  query: languageQuery,
  body: z
    .object({
      ...orderFields,
      description: optional(orderFields.description),
      source_uuid: optional(uuid),
      save_card: optional(flag),
      extra_data: optionalExtraData(extraDataWithPurchase),
    })
    .check(
      z.refine((value) => value.description !== undefined || isForCheckout(value.extra_data), {
        path: ['description'],
        error: 'must be text of 1 to 1000 characters',
        // Looked at even when other fields are wrong: all of them are named at once.
        when: ({ value }) => typeof value === 'object' && value !== null,
      }),
    ),
  response: orderAnswer,
  errors: [
    'service_not_found',
    'descriptor_not_valid',
    'reference_too_long',
    'transfer_not_supported',
    'card_not_found',
    'reference_already_paid',
    'acquirer_not_configured',
  ],
  handle: async ({ body, query, context, baseUrl }) => {
    const { currency } = serviceOf(context.merchant, body.service?.toUpperCase() ?? null);
    const draft = orderDraft(
      { ...body, description: body.description ?? '' },
      {
        sourceCard:
          body.source_uuid === undefined ? null : (await getCard(context, body.source_uuid)).uuid,
        saveCard: body.save_card ?? null,
        language: query.lang?.toLowerCase() ?? null,
        purchase: await useCoupon(context, purchaseFrom(body.extra_data, currency, body.amount)),
      },
    );
    const order = await createOrder(context, draft);
    return { answer: 'order', order, extra: { urls: urlsView(order, baseUrl) } };
  },
});

/** The page of a checkout shows what is sold by itself (contract J). */
function isForCheckout(extra: Record<string, unknown> | undefined): boolean {
  const { checkout } = extra ?? {};
  return typeof checkout === 'object' && checkout !== null && 'uuid' in checkout;
}

export default operation;
export const { handler } = operation;
