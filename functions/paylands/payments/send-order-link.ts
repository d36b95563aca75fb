import * as z from 'zod/mini';
import { localeFor } from '#faces/pages/views/locale.ts';
import { freeText, language, nameText, optional, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { urlsView } from '#faces/paylands/views.ts';
import { countryOf } from '#ledger/core/merchant.ts';
import { prepareLink } from '#ledger/orders/payment-links.ts';
import { canBeDestination, destinationOf } from '#messages/destination.ts';
import { linkMessage } from '#messages/link-message.ts';
import { messenger } from '#messages/messenger.ts';
import { RequestError } from '#operation/http/errors.ts';
import { runtime, shared } from '#operation/runtime/runtime.ts';

const FORM = 'must be an e-mail address or a telephone number';

/** Whether a number is one shows once the merchant's country is known. */
const destination = z.pipe(nameText(254), z.string().check(z.refine(canBeDestination, FORM)));

/** Part of a mail's head. */
const subject = z.pipe(
  freeText(255),
  z.string().check(z.regex(/^[^\p{Cc}]+$/u, 'must have no control characters')),
);

/** Contract C.3, sendOrderLink. */
const operation = paylandsOperation({
  name: 'sendOrderLink',
  summary: 'Send the link of an order by mail or SMS',
  tag: 'Payments',
  routes: ['POST /payment/send'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put'], messages: ['mail', 'sms'] },
  body: z.object({
    order_uuid: uuid,
    destination,
    subject,
    template_uuid: optional(nameText(255)),
    language: optional(language),
  }),
  response: answerShape({ delivery: z.boolean() }),
  errors: ['phone_prefix_missing', 'order_not_open', 'order_not_found'],
  handle: async ({ body, context, baseUrl }) => {
    const country = countryOf(context.merchant);
    const destination = await destinationOf(body.destination, country);
    if (destination === null && /^(\+|00)/.test(body.destination)) {
      throw new RequestError(400, `Field destination is not valid: it ${FORM}`);
    }
    if (destination === null) {
      const details = `destination is no telephone number of ${country}: send its prefix too, such as +34`;
      return { answer: 'error', error: 'phone_prefix_missing', details };
    }
    await context.once(async () => {
      const order = await prepareLink(context, {
        order: body.order_uuid,
        template: body.template_uuid ?? null,
        language: body.language?.toLowerCase() ?? null,
      });
      const language = localeFor(order.language);
      const url = `${urlsView(order, baseUrl).payment_card}?lang=${language.code}`;
      const template = await runtime().templates.findNamed(context.merchant, order.template);
      const link = { url, subject: body.subject, language, own: template?.messages };
      await send()(linkMessage(order, context.merchant, destination, link));
    });
    return { answer: 'payload', payload: { delivery: true } };
  },
});

const send = shared(messenger);

export default operation;
export const { handler } = operation;
