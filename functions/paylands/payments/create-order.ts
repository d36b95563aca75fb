import * as z from 'zod/mini';
import { useCoupon } from '../../../shared/ledger/coupons.ts';
import { createOrder } from '../../../shared/ledger/orders.ts';
import { serviceOf } from '../../../shared/ledger/services.ts';
import {
  amount,
  externalId,
  flag,
  integer,
  optional,
  text,
  uuid,
  webUrl,
} from '../../../shared/operation/paylands/fields.ts';
import { paylandsOperation } from '../../../shared/operation/paylands/operation.ts';
import { extraDataWithSale, saleFrom } from '../../../shared/operation/paylands/sale.ts';
import { orderAnswer } from '../../../shared/operation/paylands/shapes.ts';
import { INTENTS, urlsView } from '../../../shared/operation/paylands/views.ts';

/** Contract C.3, createOrder. */
const operation = paylandsOperation({
  name: 'createOrder',
  summary: 'Create a payment order',
  tag: 'Payments',
  routes: ['POST /payment'],
  profiles: ['payment'],
  grants: { ledger: 'write', key: true },
  body: z.object({
    amount,
    operative: z.enum(['AUTHORIZATION', 'DEFERRED', 'PAYOUT', 'TRANSFER']),
    description: text(1000),
    secure: optional(flag),
    customer_ext_id: optional(externalId),
    service: optional(text(255)),
    additional: optional(text(4096)),
    url_post: optional(webUrl),
    url_ok: optional(webUrl),
    url_ko: optional(webUrl),
    template_uuid: optional(text(255)),
    dcc_template_uuid: optional(text(255)),
    source_uuid: optional(uuid),
    save_card: optional(flag),
    reference: optional(externalId),
    dynamic_descriptor: optional(text(255)),
    expires_in: optional(integer(600, 31_536_000)),
    extra_data: optional(extraDataWithSale),
  }),
  response: orderAnswer,
  errors: {
    400: 'A field is missing or not valid; the service does not exist',
    409: 'The reference belongs to an order that is paid or being paid',
    503: 'There is no live acquirer',
  },
  handle: async ({ body, context, baseUrl }) => {
    const service = body.service?.toUpperCase() ?? null;
    const { currency } = serviceOf(context.merchant, service);
    const order = createOrder(context, {
      intent: INTENTS[body.operative] ?? 'sale',
      amount: body.amount,
      description: body.description,
      secure: body.secure ?? false,
      customer: body.customer_ext_id ?? null,
      service,
      additional: body.additional ?? null,
      notifyUrl: body.url_post ?? null,
      successUrl: body.url_ok ?? null,
      failureUrl: body.url_ko ?? null,
      template: body.template_uuid ?? null,
      dccTemplate: body.dcc_template_uuid ?? null,
      sourceCard: body.source_uuid ?? null,
      saveCard: body.save_card ?? true,
      reference: body.reference ?? null,
      dynamicDescriptor: body.dynamic_descriptor ?? null,
      extraData: body.extra_data ?? null,
      sale: await useCoupon(context, saleFrom(body.extra_data, currency, body.amount)),
      expiresInSeconds: body.expires_in ?? 600,
    });
    return { answer: 'order', order, extra: { urls: urlsView(order, baseUrl) } };
  },
});

export default operation;
export const { handler } = operation;
