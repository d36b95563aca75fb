import * as z from 'zod/mini';
import {
  cardEntry,
  cardEntryFields,
  requirePci,
  withBothSpellings,
} from '#faces/paylands/card-entry.ts';
import { externalId, optional, text } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderDraft, orderFields } from '#faces/paylands/order-fields.ts';
import { customerIp } from '#faces/paylands/payer-fields.ts';
import { orderAnswer } from '#faces/paylands/shapes.ts';
import { ownAuthentication, threedsData } from '#faces/paylands/threeds-data.ts';
import { urlsView } from '#faces/paylands/views.ts';
import { waitsForPayer } from '#ledger/orders/order.ts';
import { chargeOneStep } from '#ledger/payments/one-step.ts';

/** Contract C.3, chargeOneStep. A secure order is answered with where its payer authenticates. */
const operation = paylandsOperation({
  name: 'chargeOneStep',
  summary: 'Create an order, save the card and charge it in one step',
  tag: 'Payments',
  routes: ['POST /charge'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  body: withBothSpellings(
    z.object({
      ...orderFields,
      ...cardEntryFields,
      customer_ext_id: externalId,
      service: text(255),
      customer_ip: customerIp,
      threeds_data: optional(threedsData),
    }),
  ),
  response: orderAnswer,
  errors: [
    'buyer_must_authenticate',
    'service_not_found',
    'descriptor_not_valid',
    'reference_too_long',
    'order_intent_mismatch',
    'pci_key_required',
    'reference_already_paid',
  ],
  handle: async ({ body, caller, context, baseUrl }) => {
    requirePci(caller);
    const entry = cardEntry(body, { origin: 'WEBSERVICE', saved: true });
    const order = await chargeOneStep(context, orderDraft(body), entry, {
      ip: body.customer_ip ?? null,
      authentication: ownAuthentication(body.threeds_data),
    });
    if (!waitsForPayer(order)) return { answer: 'order', order };
    const details = urlsView(order, baseUrl)['3ds_tokenized'];
    return { answer: 'error', error: 'buyer_must_authenticate', details };
  },
});

export default operation;
export const { handler } = operation;
