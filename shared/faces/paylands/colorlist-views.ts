import * as z from 'zod/mini';
import type { FilledList } from '#ledger/security/list-commands.ts';
import type { ListColor } from '#ledger/security/security-policy.ts';
import { LIST_TYPES } from './colorlist-fields.ts';
import { plainTime } from './time.ts';

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

const TYPES: Record<ListColor, (typeof LIST_TYPES)[number]> = {
  white: 'WHITELIST',
  black: 'BLACKLIST',
  grey: 'GREYLIST',
};

export function listView({ list, items }: FilledList) {
  return {
    uuid: list.uuid,
    type: TYPES[list.color],
    enabled: list.enabled,
    description: list.description,
    services: list.services,
    items: items.map(({ uuid, type, value }) => ({ uuid, type, value })),
    created_at: plainTime(list.createdAt),
    updated_at: plainTime(list.updatedAt),
  };
}
