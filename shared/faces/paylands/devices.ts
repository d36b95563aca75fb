import * as z from 'zod/mini';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Device } from '#ledger/devices/device.ts';
import type { AtDevice } from '#ledger/payments/device-payments.ts';
import { zonedTime } from './time.ts';
import { orderView } from './views.ts';

const WORDS = 'must be the id of a device: 24 hexadecimal digits';

/** The id of a terminal, in any case. */
export const deviceId = z.pipe(
  z.string(WORDS).check(z.regex(/^[0-9a-f]{24}$/i, WORDS)),
  z.transform((id) => id.toLowerCase()),
);

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
