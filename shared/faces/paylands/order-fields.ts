import * as z from 'zod/mini';
import type { OrderDraft } from '#ledger/orders/order-commands.ts';
import { extraData, optionalExtraData } from './extra-data.ts';
import {
  amount,
  externalId,
  flag,
  freeText,
  integer,
  language,
  nameText,
  optional,
  text,
  webUrl,
} from './fields.ts';
import { INTENTS } from './views.ts';

/** What a request says of a new order (contract C.3), whichever way it is paid. */
export const orderFields = {
  amount,
  operative: z.enum(['AUTHORIZATION', 'DEFERRED', 'PAYOUT', 'TRANSFER']),
  description: freeText(1000),
  secure: optional(flag),
  customer_ext_id: optional(externalId),
  service: optional(text(255)),
  additional: optional(freeText(4096)),
  url_post: optional(webUrl),
  url_ok: optional(webUrl),
  url_ko: optional(webUrl),
  template_uuid: optional(nameText(255)),
  dcc_template_uuid: optional(nameText(255)),
  reference: optional(externalId),
  dynamic_descriptor: optional(nameText(255)),
  expires_in: optional(integer(600, 31_536_000)),
  extra_data: optionalExtraData(extraData),
};

/** The language of pages and links. */
export const languageQuery = z.object({
  lang: optional(language),
});

/** The order of a request, as the ledger takes it. */
export function orderDraft(
  body: z.output<z.ZodMiniObject<typeof orderFields>>,
  {
    sourceCard = null,
    saveCard = null,
    language = null,
    purchase = null,
  }: Partial<OrderDraft> = {},
): OrderDraft {
  return {
    intent: INTENTS[body.operative] ?? 'sale',
    amount: body.amount,
    description: body.description,
    secure: body.secure ?? false,
    customer: body.customer_ext_id ?? null,
    service: body.service?.toUpperCase() ?? null,
    additional: body.additional ?? null,
    notifyUrl: body.url_post ?? null,
    successUrl: body.url_ok ?? null,
    failureUrl: body.url_ko ?? null,
    template: body.template_uuid ?? null,
    dccTemplate: body.dcc_template_uuid ?? null,
    sourceCard,
    saveCard,
    language,
    purchase,
    reference: body.reference ?? null,
    dynamicDescriptor: body.dynamic_descriptor ?? null,
    extraData: body.extra_data ?? null,
    expiresInSeconds: body.expires_in ?? 600,
  };
}
