import * as z from 'zod/mini';
import { LIST_TYPES } from './colorlist-fields.ts';

const text = z.string();

/** A security list (contract C.13). */
export const listShape = z.looseObject({
  uuid: text,
  type: z.enum(LIST_TYPES),
  enabled: z.boolean(),
  description: text,
  services: z.array(text),
  items: z.array(z.looseObject({ uuid: text, type: text, value: text })),
  created_at: text,
  updated_at: text,
});
