import type { Order } from '#ledger/orders/order.ts';
import { type Attributes, textIn } from '#store/core/items.ts';
import type { Engine } from '../engine/engine.ts';
import type { Item } from '../engine/values.ts';

/** An order with the merchant that it is kept under. */
export type StoredOrder = Order & { merchant: string };

/** All orders that are stored, past every list and face. */
export function ledgerOf(engine: Engine): StoredOrder[] {
  return storedOf<Order>(engine, 'ORDER');
}

/** A value with the merchant and the partition that it is kept under. */
export type Stored<T> = T & { merchant: string; pk: string };

/** All values of a kind that is known by its sort key, with the merchants that they are kept under. */
export function storedOf<T>(engine: Engine, sortKey: string): Stored<T>[] {
  return storedAs(engine, ({ sk }) => sk?.S === sortKey);
}

/** The same for a kind that is known by a part of its partition. */
export function storedUnder<T>(engine: Engine, part: string): Stored<T>[] {
  return storedAs(engine, ({ pk }) => pk?.S?.includes(part) === true);
}

function storedAs<T>(engine: Engine, isWanted: (item: Item) => boolean) {
  const found: Stored<T>[] = [];
  for (const item of engine.tables.get('ledger')?.all() ?? []) {
    const text = isWanted(item) ? textOf(item) : '';
    // Also what stands in the place of an item that was refused, or that will not be made.
    if (text === '') continue;
    const [, merchant = ''] = (item.pk?.S ?? '').split('#');
    found.push({ ...(JSON.parse(text) as T), merchant, pk: item.pk?.S ?? '' });
  }
  return found;
}

/** What is kept in an item, however it is kept. */
export function textOf(item: Item): string {
  const attributes = Object.entries(item).map(([name, value]) => [
    name,
    value.B === undefined ? value : { B: Buffer.from(value.B, 'base64') },
  ]);
  return textIn(Object.fromEntries(attributes) as Attributes) ?? '';
}
