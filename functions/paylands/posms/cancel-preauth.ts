import * as z from 'zod/mini';
import { atDeviceAnswer } from '#faces/paylands/device-shapes.ts';
import { atDevicePayload, deviceId } from '#faces/paylands/devices.ts';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { releaseAtDevice } from '#ledger/payments/device-payments.ts';

/** Contract C.12, preauth cancel. */
const operation = paylandsOperation({
  name: 'posPreauthCancel',
  summary: 'Send the cancellation of a pre-authorisation to a terminal',
  tag: 'Terminals',
  routes: ['POST /posms/preauth/cancel'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['device-payments'] },
  body: z.object({ device: deviceId, order_uuid: uuid }),
  response: atDeviceAnswer,
  errors: [
    'order_not_held',
    'device_busy',
    'device_not_usable',
    'order_full',
    'order_not_found',
    'device_not_found',
    'order_busy',
  ],
  handle: async ({ body, context }) => {
    const sent = await releaseAtDevice(context, {
      device: body.device,
      order: body.order_uuid,
    });
    return atDevicePayload(sent, context.merchant);
  },
});

export default operation;
export const { handler } = operation;
