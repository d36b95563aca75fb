import * as z from 'zod/mini';
import { useCoupon } from '../../../shared/ledger/coupons.ts';
import { createOrder } from '../../../shared/ledger/orders.ts';
import { serviceOf } from '../../../shared/ledger/services.ts';
import { flag, optional, uuid } from '../../../shared/operation/paylands/fields.ts';
import { paylandsOperation } from '../../../shared/operation/paylands/operation.ts';
import {
  languageQuery,
  orderDraft,
  orderFields,
} from '../../../shared/operation/paylands/order-fields.ts';
import { extraDataWithSale, saleFrom } from '../../../shared/operation/paylands/sale.ts';
import { orderAnswer } from '../../../shared/operation/paylands/shapes.ts';
import { urlsView } from '../../../shared/operation/paylands/views.ts';

/** Contract C.3, createOrder. */
const operation = paylandsOperation({
  name: 'createOrder',
  summary: 'Create a payment order',
  tag: 'Payments',
  routes: ['POST /payment'],
  profiles: ['payment'],
  grants: { ledger: 'write', key: true },
  query: languageQuery,
  body: z.object({
    ...orderFields,
    source_uuid: optional(uuid),
    save_card: optional(flag),
    extra_data: optional(extraDataWithSale),
  }),
  response: orderAnswer,
  errors: {
    400: 'A field is missing or not valid; the service does not exist',
    409: 'The reference belongs to an order that is paid or being paid',
    503: 'There is no live acquirer',
  },
  handle: async ({ body, query, context, baseUrl }) => {
    const { currency } = serviceOf(context.merchant, body.service?.toUpperCase() ?? null);
    const draft = orderDraft(body, {
      sourceCard: body.source_uuid ?? null,
      saveCard: body.save_card ?? true,
      language: query.lang?.toLowerCase() ?? null,
      sale: await useCoupon(context, saleFrom(body.extra_data, currency, body.amount)),
    });
    const order = createOrder(context, draft);
    return { answer: 'order', order, extra: { urls: urlsView(order, baseUrl) } };
  },
});

export default operation;
export const { handler } = operation;
