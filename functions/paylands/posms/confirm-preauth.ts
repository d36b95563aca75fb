import * as z from 'zod/mini';
import { atDeviceAnswer } from '#faces/paylands/device-shapes.ts';
import { atDevicePayload, deviceId } from '#faces/paylands/devices.ts';
import { amountOrAll, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { captureAtDevice } from '#ledger/payments/device-payments.ts';

/** Contract C.12, preauth confirm; the path is inferred. */
const operation = paylandsOperation({
  name: 'posPreauthConfirm',
  summary: 'Send the confirmation of a pre-authorisation to a terminal',
  tag: 'Terminals',
  routes: ['POST /posms/preauth/confirm'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['device-payments'] },
  body: z.object({ device: deviceId, order_uuid: uuid, amount: amountOrAll }),
  response: atDeviceAnswer,
  errors: [
    'order_not_held',
    'capture_exceeds_held',
    'partial_capture_not_allowed',
    'device_busy',
    'device_not_usable',
    'order_full',
    'order_not_found',
    'device_not_found',
    'order_busy',
  ],
  handle: async ({ body, context }) => {
    const sent = await captureAtDevice(context, {
      device: body.device,
      order: body.order_uuid,
      amount: body.amount ?? null,
    });
    return atDevicePayload(sent, context.merchant);
  },
});

export default operation;
export const { handler } = operation;
