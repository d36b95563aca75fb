import * as z from 'zod/mini';
import { deviceShape } from '#faces/paylands/device-shapes.ts';
import { deviceId, deviceView } from '#faces/paylands/devices.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { getDevice } from '#ledger/devices/device-commands.ts';

/** Contract C.12, get; the path is inferred. */
const operation = paylandsOperation({
  name: 'getPosDevice',
  summary: 'Get a payment terminal',
  tag: 'Terminals',
  routes: ['GET /posms/device/{id}', 'GET /posms/devices/{id}'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['read'] },
  path: z.object({ id: deviceId }),
  response: answerShape({ device: deviceShape }),
  errors: ['device_not_found'],
  handle: async ({ path, context }) => {
    const device = await getDevice(context, path.id);
    return { answer: 'payload', payload: { device: deviceView(device) } };
  },
});

export default operation;
export const { handler } = operation;
