import * as z from 'zod/mini';
import { atDeviceAnswer } from '#faces/paylands/device-shapes.ts';
import { atDevicePayload, deviceId } from '#faces/paylands/devices.ts';
import { amountOrAll, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { refundAtDevice } from '#ledger/payments/device-payments.ts';

/** Contract C.12, refund; without an amount, of what is left. */
const operation = paylandsOperation({
  name: 'posRefund',
  summary: 'Send a refund to a terminal',
  tag: 'Terminals',
  routes: ['POST /posms/refund'],
  profiles: ['payment', 'refund'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['device-payments'] },
  body: z.object({ device: deviceId, order_uuid: uuid, amount: amountOrAll }),
  response: atDeviceAnswer,
  errors: [
    'order_not_refundable',
    'refund_exceeds_captured',
    'device_busy',
    'device_not_usable',
    'order_full',
    'order_not_found',
    'device_not_found',
  ],
  handle: async ({ body, context }) => {
    const sent = await refundAtDevice(context, {
      device: body.device,
      order: body.order_uuid,
      amount: body.amount ?? null,
    });
    return atDevicePayload(sent, context.merchant);
  },
});

export default operation;
export const { handler } = operation;
