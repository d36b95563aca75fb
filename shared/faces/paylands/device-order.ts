import * as z from 'zod/mini';
import { payAtDevice } from '#ledger/payments/device-payments.ts';
import { atDeviceAnswer } from './device-shapes.ts';
import { atDevicePayload, deviceId } from './devices.ts';
import { paylandsOperation } from './operation.ts';
import { orderDraft, orderFields } from './order-fields.ts';

/** What is sent to a terminal to be paid (contract C.12): its service is the terminal's. */
const deviceOrder = z.object({
  device: deviceId,
  amount: orderFields.amount,
  description: orderFields.description,
  customer_ext_id: orderFields.customer_ext_id,
  additional: orderFields.additional,
  url_post: orderFields.url_post,
  reference: orderFields.reference,
});

/** What sends a new order to a terminal: answered at once, the result follows (contract C.12). */
export function deviceOrderOperation({
  operative,
  ...own
}: {
  name: string;
  summary: string;
  routes: readonly [`POST /posms/${'payment' | 'preauth'}`];
  operative: 'AUTHORIZATION' | 'DEFERRED';
}) {
  return paylandsOperation({
    ...own,
    tag: 'Terminals',
    profiles: ['payment'],
    grants: { ledger: ['read', 'put', 'update'], sends: ['notifications', 'device-payments'] },
    body: deviceOrder,
    response: atDeviceAnswer,
    errors: ['device_busy', 'device_not_usable', 'device_not_found', 'reference_already_paid'],
    handle: async ({ body, context }) => {
      const draft = orderDraft({ ...body, operative });
      const sent = await payAtDevice(context, { device: body.device, draft });
      return atDevicePayload(sent, context.merchant);
    },
  });
}
