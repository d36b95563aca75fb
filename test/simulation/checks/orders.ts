import type { Transaction, TransactionKind } from '#ledger/orders/order.ts';
import type { RestWithOrders } from './check-all.ts';
import type { StoredOrder } from './stored.ts';

const UNFINISHED = ['created', 'pending_card', 'pending_processor', 'pending_payment'];

/** What is paid in part by hand waits for the rest for as long as it takes, and a link for days. */
export function isUnfinished({ status, captured, expiresAt }: StoredOrder, nowMs: number): boolean {
  const isOver = Date.parse(expiresAt) <= nowMs;
  return UNFINISHED.includes(status) && captured === 0 && isOver;
}

/** Nothing is left under way, and the totals of an order are the sums of its transactions. */
export function checkOrders({ world, orders }: RestWithOrders): void {
  for (const order of orders) {
    const name = `order ${order.uuid}`;
    if (order.transactions.some((one) => one.status === 'pending')) {
      world.fail(`${name} has a pending transaction`);
    }
    if (isUnfinished(order, world.time.nowMs)) world.fail(`${name} is still ${order.status}`);
    for (const finding of wrongTotals(order)) world.fail(`${name} ${finding}`);
  }
}

function wrongTotals(order: StoredOrder): string[] {
  const { captured, refunded, held } = order;
  const taken = sum(order, ['sale', 'capture', 'manual']);
  const payments = order.transactions.filter(
    (one) => isDone(one) && (one.kind === 'sale' || one.kind === 'hold'),
  );
  return [
    ...(captured === taken ? [] : [`has captured ${captured} and its transactions ${taken}`]),
    ...(refunded === sum(order, ['refund']) ? [] : [`has not refunded ${refunded}`]),
    ...(refunded <= captured ? [] : [`has refunded ${refunded} of ${captured}`]),
    ...(captured <= order.amount ? [] : [`has captured ${captured} of ${order.amount}`]),
    ...(held >= 0 ? [] : ['holds less than nothing']),
    ...(payments.length <= 1 ? [] : [`was charged ${payments.length} times`]),
  ];
}

function sum(order: StoredOrder, kinds: readonly TransactionKind[]): number {
  const counted = order.transactions.filter((one) => isDone(one) && kinds.includes(one.kind));
  return counted.reduce((total, one) => total + one.amount, 0);
}

function isDone(transaction: Transaction): boolean {
  return transaction.status === 'succeeded';
}
