import { ORDER_STATUSES } from '#faces/paylands/views.ts';
import type { RestWithOrders } from './check-all.ts';
import type { StoredOrder } from './stored.ts';

interface Told {
  statuses: Set<string>;
  transactions: Map<string, string>;
}

/** Whoever wanted to be told was told at least once of every transaction and of the last state. */
export function checkNotifications({ world, orders }: RestWithOrders): void {
  const told = new Map<string, Told>();
  for (const { body } of world.receivers.received) {
    const { order } = JSON.parse(body);
    // What became of a subscription's charge.
    if (order === undefined) continue;
    const known = told.get(order.uuid) ?? { statuses: new Set(), transactions: new Map() };
    told.set(order.uuid, known);
    known.statuses.add(order.status);
    for (const { uuid, status } of order.transactions) known.transactions.set(uuid, status);
  }
  for (const order of orders) {
    // What is paid in part by hand is told of when all of it is paid, a link when it was used.
    const isOpen = order.status === 'created' || order.status === 'pending_card';
    if (order.notifyUrl === null || isOpen) continue;
    for (const finding of untold(order, told.get(order.uuid))) {
      world.fail(`order ${order.uuid}: ${finding}`);
    }
  }
}

function untold(order: StoredOrder, told: Told | undefined): string[] {
  const status = ORDER_STATUSES[order.status];
  const missing = order.transactions.filter(({ uuid }) => told?.transactions.has(uuid) !== true);
  return [
    ...(told?.statuses.has(status) === true ? [] : [`nobody was told that it is ${status}`]),
    ...missing.map(({ kind, uuid }) => `nobody was told of its ${kind} ${uuid}`),
  ];
}
