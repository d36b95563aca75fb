import * as z from 'zod/mini';
import { answerShape, orderShape } from './shapes.ts';

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

/** The answer of what is sent to a terminal: without a validation hash (contract B.1, C.12). */
export const atDeviceAnswer = answerShape({
  order: orderShape,
  client: z.looseObject({ uuid: z.string() }),
  device: deviceShape,
});
