import * as z from 'zod/mini';
import { createOrder } from '../../../shared/ledger/orders.ts';
import { flag, optional, uuid } from '../../../shared/operation/paylands/fields.ts';
import { paylandsOperation } from '../../../shared/operation/paylands/operation.ts';
import {
  languageQuery,
  orderDraft,
  orderFields,
} from '../../../shared/operation/paylands/order-fields.ts';
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
  }),
  response: orderAnswer,
  errors: {
    400: 'A field is missing or not valid; the service does not exist',
    409: 'The reference belongs to an order that is paid or being paid',
  },
  handle: ({ body, query, context, baseUrl }) => {
    const sourceCard = body.source_uuid ?? null;
    const saveCard = body.save_card ?? true;
    const language = query.lang?.toLowerCase() ?? null;
    const order = createOrder(context, orderDraft(body, { sourceCard, saveCard, language }));
    return { answer: 'order', order, extra: { urls: urlsView(order, baseUrl) } };
  },
});

export default operation;
export const { handler } = operation;
