import * as z from 'zod/mini';
import { deviceShape } from '#faces/paylands/device-shapes.ts';
import { deviceId, deviceView } from '#faces/paylands/devices.ts';
import { flag, optional, text, uuid } from '#faces/paylands/fields.ts';
import { filterMinute } from '#faces/paylands/filter-fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { listDevices } from '#ledger/devices/device-commands.ts';

/** Contract C.12, list; the path is inferred. Oldest first. */
const operation = paylandsOperation({
  name: 'listPosDevices',
  summary: 'List the payment terminals',
  tag: 'Terminals',
  routes: ['GET /posms/devices', 'GET /posms/device'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['query'] },
  query: z.object({
    identifier: optional(deviceId),
    service: optional(uuid),
    terminal_id: optional(text(255)),
    communication_type: optional(z.enum(['SOCKET', 'SIMULATION'])),
    active: optional(flag),
    configured: optional(flag),
    created_at_from: optional(filterMinute),
    created_at_to: optional(filterMinute),
    updated_at_from: optional(filterMinute),
    updated_at_to: optional(filterMinute),
  }),
  response: answerShape({ devices: z.array(deviceShape) }),
  errors: [],
  handle: async ({ query, context }) => {
    const devices = await listDevices(context, {
      id: query.identifier,
      service: query.service,
      terminalId: query.terminal_id,
      communication: query.communication_type,
      active: query.active,
      configured: query.configured,
      createdFromMs: query.created_at_from,
      createdToMs: query.created_at_to,
      updatedFromMs: query.updated_at_from,
      updatedToMs: query.updated_at_to,
    });
    return { answer: 'payload', payload: { devices: devices.map(deviceView) } };
  },
});

export default operation;
export const { handler } = operation;
