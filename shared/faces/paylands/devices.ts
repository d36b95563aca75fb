import * as z from 'zod/mini';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Device } from '#ledger/devices/device.ts';
import type { AtDevice } from '#ledger/payments/device-payments.ts';
import { answerShape, orderShape } from './shapes.ts';
import { zonedTime } from './time.ts';
import { orderView } from './views.ts';

const WORDS = 'must be the id of a device: 24 hexadecimal digits';

/** The id of a terminal, in any case. */
export const deviceId = z.pipe(
  z.string(WORDS).check(z.regex(/^[0-9a-f]{24}$/i, WORDS)),
  z.transform((id) => id.toLowerCase()),
);

/** Contract C.12, `device`. */
export const deviceShape = z.looseObject({
  id: z.string(),
  identifier: z.string(),
  service: z.string(),
  terminal_id: z.nullable(z.string()),
  communication_type: z.enum(['SOCKET', 'SIMULATION']),
  active: z.boolean(),
  configured: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});

export function deviceView(device: Device): Record<string, unknown> {
  return {
    id: device.id,
    identifier: device.id,
    service: device.service,
    terminal_id: device.terminalId,
    communication_type: device.communication,
    active: device.active,
    configured: device.configured,
    created_at: zonedTime(device.createdAt),
    updated_at: zonedTime(device.updatedAt),
  };
}

/** The answer of what is sent to a terminal: without a validation hash (contract B.1, C.12). */
export const atDeviceAnswer = answerShape({
  order: orderShape,
  client: z.looseObject({ uuid: z.string() }),
  device: deviceShape,
});

export function atDevicePayload({ order, device }: AtDevice, merchant: Merchant) {
  return {
    answer: 'payload' as const,
    payload: {
      order: orderView(order, merchant, 'merchant'),
      client: { uuid: merchant.merchant },
      device: deviceView(device),
    },
  };
}
