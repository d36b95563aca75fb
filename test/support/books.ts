import { expect } from 'vitest';
import type { Order } from '#ledger/orders/order.ts';
import type { Execution } from './execution.ts';

/** Compares the acquirer's own book with all orders of the merchant, to the cent. */
export async function expectBooksAgree(execution: Execution): Promise<Order[]> {
  const page = { fromMs: null, toMs: null, limit: 100, offset: 0 };
  const { entries: sales } = await execution.store.orders(execution.merchant, page, {});
  const orders = [...sales, ...(await payouts(execution, sales))];
  const transactions = orders.flatMap((order) => order.transactions);
  const moved = transactions.filter((one) => one.status === 'succeeded' && one.kind !== 'manual');
  const { effects } = execution.acquirer;
  expect(transactions.filter((one) => one.status === 'pending')).toEqual([]);
  const book = [...effects].flatMap(([reference, { answer, times }]) => {
    expect(times, 'moved more than once').toBe(1);
    return answer.result === 'approved' ? [`${reference} ${answer.amount}`] : [];
  });
  expect(book.sort()).toEqual(moved.map((one) => `${one.uuid} ${one.amount}`).sort());
  for (const order of orders) expectTotals(order);
  return orders;
}

function expectTotals(order: Order): void {
  const total = (...kinds: string[]) =>
    order.transactions
      .filter((one) => one.status === 'succeeded' && kinds.includes(one.kind))
      .reduce((sum, one) => sum + one.amount, 0);
  expect(order.captured).toBe(total('sale', 'capture', 'manual'));
  expect(order.refunded).toBe(total('refund'));
}

/** Orders that send money are in no list of orders; their transactions lead to them. */
async function payouts({ store, merchant }: Execution, sales: readonly Order[]): Promise<Order[]> {
  const window = { fromMs: null, toMs: null, terminal: null, limit: 100, offset: 0 };
  const rows = await store.transactions(merchant, window);
  const known = new Set(sales.map((order) => order.uuid));
  const others = new Set(rows.map((row) => row.order.uuid).filter((uuid) => !known.has(uuid)));
  const read = [...others].map((order) => store.read(merchant, { order }));
  return (await Promise.all(read)).flatMap(({ order }) => order ?? []);
}
