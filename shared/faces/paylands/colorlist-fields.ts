import * as z from 'zod/mini';
import { hasCardNumber } from '#ledger/cards/card-numbers.ts';
import { ITEM_TYPES, isItemValue } from '#ledger/security/list-item.ts';
import { MAX_ITEMS } from '#ledger/security/list-item-commands.ts';
import type { ListColor } from '#ledger/security/security-policy.ts';
import { text, uuid } from './fields.ts';

/** Paylands' names of the colours (contract D.10). */
export const LIST_TYPES = ['WHITELIST', 'BLACKLIST', 'GREYLIST'] as const;

const COLORS: Record<(typeof LIST_TYPES)[number], ListColor> = {
  WHITELIST: 'white',
  BLACKLIST: 'black',
  GREYLIST: 'grey',
};

export const listType = z.enum(LIST_TYPES);

export const listPath = z.object({ list_uuid: uuid });

/** An item whose value goes with its type; only a card's may be the number of one, which is not kept. */
const item = z.object({ type: z.enum(ITEM_TYPES), value: text(255) }).check((context) => {
  const { type, value } = context.value;
  if (isItemValue(type, value) && (type === 'CARD' || !hasCardNumber(value))) return;
  const message = `must be a value of the type ${type}`;
  context.issues.push({ code: 'custom', input: context.value, path: ['value'], message });
});

export const itemsBody = z.object({
  items: z.array(item).check(z.minLength(1), z.maxLength(MAX_ITEMS)),
});

/** Items to remove, by uuid or value. */
export const itemNamesBody = z.object({
  items: z.array(text(255)).check(z.minLength(1), z.maxLength(MAX_ITEMS)),
});

export function colorOf(type: (typeof LIST_TYPES)[number]): ListColor {
  return COLORS[type];
}
