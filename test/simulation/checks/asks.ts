import type { TransactionKind } from '#ledger/orders/order.ts';
import type { Rest, RestWithOrders } from './check-all.ts';
import type { StoredOrder } from './stored.ts';

/** What kinds of transactions an ask about an order begins. */
const KINDS: Readonly<Record<string, readonly TransactionKind[]>> = {
  pay: ['sale', 'hold'],
  capture: ['capture'],
  void: ['void'],
  refund: ['refund'],
  payout: ['payout'],
  manual: ['manual'],
};

/**
 * Everything was done at least as often as somebody was told that it is done, and at most as often
 * as it was asked for and not refused.
 */
export function checkAsks(rest: RestWithOrders): void {
  const { world, asks, orders } = rest;
  const byUuid = new Map(orders.map((order) => [order.uuid, order]));
  for (const [kind, transactions] of Object.entries(KINDS)) {
    for (const ask of asks.of(kind)) {
      const [, uuid = '', amount] = ask.split(' ');
      const done = timesDone(byUuid.get(uuid), transactions, amount);
      compare(rest, ask, done);
    }
  }
  for (const kind of ['create', 'charge', 'row', 'link']) {
    for (const ask of asks.of(kind)) {
      const [, marker] = ask.split(' ');
      compare(rest, ask, orders.filter((order) => order.additional === marker).length);
    }
  }
  for (const ask of asks.of('import')) {
    compare(rest, ask, byUuid.has(ask.split(' ')[1] ?? '') ? 1 : 0);
  }
  checkUnasked(rest, world.fail.bind(world));
}

/** What pays an order that it makes. */
const BY_MARKER = ['charge', 'row', 'subscribe'];

/** Nothing happened to an order that nobody has asked for. */
function checkUnasked({ asks, orders }: RestWithOrders, fail: (finding: string) => void): void {
  for (const order of orders) {
    for (const { kind, amount } of order.transactions) {
      const names =
        kind === 'sale' || kind === 'hold'
          ? [`pay ${order.uuid}`, ...BY_MARKER.map((ask) => `${ask} ${order.additional}`)]
          : kind === 'refund' || kind === 'manual'
            ? [`${kind} ${order.uuid} ${amount}`]
            : [`${kind} ${order.uuid}`];
      if (names.every((name) => asks.bounds(name).most === 0)) {
        fail(`order ${order.uuid} has a ${kind} of ${amount} that nobody has asked for`);
      }
    }
  }
}

/** Compares how often something was done with how often that may be. */
export function compare({ world, asks }: Rest, ask: string, done: number): void {
  const { least, most } = asks.bounds(ask);
  if (done > most) world.fail(`${ask}: asked for ${most} times at most, done ${done} times`);
  if (done < least) world.fail(`${ask}: said to be done ${least} times, done ${done} times`);
}

function timesDone(
  order: StoredOrder | undefined,
  kinds: readonly TransactionKind[],
  amount: string | undefined,
): number {
  const done = order?.transactions.filter(
    (one) => kinds.includes(one.kind) && (amount === undefined || one.amount === Number(amount)),
  );
  return done?.length ?? 0;
}
