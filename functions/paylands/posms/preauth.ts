import { deviceOrder } from '#faces/paylands/device-order.ts';
import { atDeviceAnswer, atDevicePayload } from '#faces/paylands/devices.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { orderDraft } from '#faces/paylands/order-fields.ts';
import { payAtDevice } from '#ledger/payments/device-payments.ts';

/** Contract C.12, preauth: answered at once, the result follows; the path is inferred. */
const operation = paylandsOperation({
  name: 'posPreauth',
  summary: 'Send a pre-authorisation to a terminal',
  tag: 'Terminals',
  routes: ['POST /posms/preauth'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications', 'device-payments'] },
  body: deviceOrder,
  response: atDeviceAnswer,
  errors: {
    400: 'A field is missing or not valid; the device is busy or cannot be used',
    404: 'The device is unknown',
    409: 'The reference belongs to an order that is paid or being paid',
  },
  handle: async ({ body, context }) => {
    const draft = orderDraft({ ...body, operative: 'DEFERRED' });
    const sent = await payAtDevice(context, { device: body.device, draft });
    return atDevicePayload(sent, context.merchant);
  },
});

export default operation;
export const { handler } = operation;
