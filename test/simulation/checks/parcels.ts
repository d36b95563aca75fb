import type { Message } from '#ledger/outbox/message.ts';
import { remaining } from '#ledger/purchases/fulfillment-rules.ts';
import { compare } from './asks.ts';
import type { RestWithOrders } from './check-all.ts';
import { type StoredOrder, storedUnder } from './stored.ts';

/** No more is sent than was sold, as often as it was asked for, and each buyer was told of it. */
export function checkParcels(rest: RestWithOrders): void {
  const { world, asks, orders } = rest;
  for (const order of orders) {
    for (const [price, left] of remaining(order)) {
      if (left < 0) world.fail(`order ${order.uuid} has sent ${-left} of ${price} too many`);
    }
  }
  const byUuid = new Map(orders.map((order) => [order.uuid, order]));
  for (const ask of asks.of('parcel')) {
    const [, uuid = '', price, quantity] = ask.split(' ');
    const sent = byUuid.get(uuid)?.fulfillments.filter(({ items: [item] }) => {
      return item?.price === price && item?.quantity === Number(quantity);
    });
    compare(rest, ask, sent?.length ?? 0);
  }
  for (const finding of wrongMails(rest)) world.fail(finding);
}

/** A request that is repeated without a key makes several orders of one buyer. */
function wrongMails({ world, orders }: RestWithOrders): string[] {
  const messages = storedUnder<Message>(world.engine, '#MESSAGES#');
  const byBuyer = Map.groupBy(orders, ({ purchase }) => purchase?.contact?.email ?? null);
  byBuyer.delete(null);
  return [...byBuyer].flatMap(([to, bought]) => {
    const ids = new Set(bought.map(({ uuid }) => uuid));
    const own = messages.filter(({ order }) => ids.has(order));
    const told = world.postOffice.delivered.filter((one) => one.to === to).length;
    return [...unwritten(bought, own), ...unsent(own, world.time.nowMs), ...miscounted(own, told)];
  });
}

function unwritten(orders: readonly StoredOrder[], messages: readonly Message[]): string[] {
  return orders
    .flatMap(({ fulfillments }) => fulfillments)
    .filter(({ id, notified }) => notified && messages.every((one) => one.id !== id))
    .map(({ id }) => `no mail is to tell of parcel ${id}`);
}

function unsent(messages: readonly Message[], nowMs: number): string[] {
  return messages
    .filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) < nowMs)
    .map(({ id, dueAt }) => `the mail of parcel ${id} is owed since ${dueAt}`);
}

function miscounted(messages: readonly Message[], told: number): string[] {
  const tried = messages.reduce((sum, { attempts }) => sum + attempts, 0);
  const sent = messages.filter(({ state }) => state === 'sent').length;
  const [of] = messages.map(({ order }) => order);
  return [
    ...(told > tried ? [`${told} mails of ${tried} attempts tell of order ${of}`] : []),
    ...(told < sent ? [`${told} mails of ${sent} that were sent tell of order ${of}`] : []),
  ];
}
