import type { Order } from '#ledger/orders/order.ts';
import { type Attributes, textIn } from '#store/core/items.ts';
import type { Engine } from '../engine/engine.ts';
import type { Item } from '../engine/values.ts';

/** An order with the merchant that it is kept under. */
export type StoredOrder = Order & { merchant: string };

/** All orders that are stored, past every list and face. */
export function ledgerOf(engine: Engine): StoredOrder[] {
  const orders: StoredOrder[] = [];
  for (const item of engine.tables.get('ledger')?.all() ?? []) {
    if (item.sk?.S !== 'ORDER') continue;
    const [, merchant = ''] = (item.pk?.S ?? '').split('#');
    orders.push({ ...(JSON.parse(textOf(item)) as Order), merchant });
  }
  return orders;
}

/** What is kept in an item, however it is kept. */
export function textOf(item: Item): string {
  const attributes = Object.entries(item).map(([name, value]) => [
    name,
    value.B === undefined ? value : { B: Buffer.from(value.B, 'base64') },
  ]);
  return textIn(Object.fromEntries(attributes) as Attributes) ?? '';
}
