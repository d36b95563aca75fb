import { gunzipSync } from 'node:zlib';
import type { Order } from '#ledger/orders/order.ts';
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

/** What is kept in an item: long texts are compressed. */
export function textOf(item: Item): string {
  const zipped = item.zipped?.B;
  if (zipped === undefined) return item.data?.S ?? '';
  return gunzipSync(Buffer.from(zipped, 'base64')).toString();
}
