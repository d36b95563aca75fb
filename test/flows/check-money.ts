import { expect } from 'vitest';
import type { Client, OrderBody, RowBody, TransactionBody } from '#test/support/client.ts';

/** Proves that an order's totals, its transactions and the list of transactions agree. */
export async function checkMoney(client: Client, uuid: string): Promise<OrderBody> {
  const order = await client.order(uuid);
  checkTotals(order, await client.rows());
  return order;
}

export function checkTotals(order: OrderBody, allRows: readonly RowBody[]): void {
  const rows = allRows.filter((row) => row.orderUUID === order.uuid);
  const listed = rows.map(({ transactionUUID: uuid, type: operative, status, amount }) => {
    return { uuid, operative, status, amount };
  });
  const settled = order.transactions
    .filter(({ status }) => status !== 'PENDING')
    .map(({ uuid, operative, status, amount }) => ({ uuid, operative, status, amount }));
  expect(sorted(listed)).toEqual(sorted(settled));
  expect(order.captured).toBe(moved(order, 'AUTHORIZATION') + moved(order, 'CONFIRMATION'));
  expect(order.refunded).toBe(moved(order, 'REFUND'));
  expect(order.refunded).toBeLessThanOrEqual(order.captured);
  expect(order.captured).toBeLessThanOrEqual(order.amount);
}

/** The successful transactions of an order with some operatives. */
export function successes(order: OrderBody, ...operatives: string[]): TransactionBody[] {
  return order.transactions.filter(
    (one) => one.status === 'SUCCESS' && operatives.includes(one.operative),
  );
}

function moved(order: OrderBody, operative: string): number {
  return successes(order, operative).reduce((sum, { amount }) => sum + amount, 0);
}

function sorted<T extends { uuid: string }>(list: readonly T[]): T[] {
  return list.toSorted((one, other) => (one.uuid < other.uuid ? -1 : 1));
}
