import type { FilledList } from '#ledger/security/list-commands.ts';
import type { ListColor } from '#ledger/security/security-policy.ts';
import type { LIST_TYPES } from './colorlist-fields.ts';
import { plainTime } from './time.ts';

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
