import { isCharged } from '#ledger/subscriptions/billing.ts';
import type { SubscriptionRecord } from '#ledger/subscriptions/subscription-store.ts';
import type { Shop } from '../clients/shop.ts';
import { compare } from './asks.ts';
import type { RestWithOrders } from './check-all.ts';
import type { StoredOrder } from './stored.ts';

/** Each period of a subscription is charged once, none is forgotten, and everybody was told. */
export async function checkSubscriptions(rest: RestWithOrders): Promise<void> {
  const { world, shops, asks, runtime } = rest;
  const told = reportsIn(world.receivers.received);
  const made = new Map<string, number>();
  for (const shop of shops) {
    const all = await runtime.store.billedSubscriptions(shop.tenant, { limit: 500, offset: 0 });
    const nowMs = await timeOf(rest, shop);
    for (const record of all) {
      const marker = record.subscription.billing?.additional ?? '';
      made.set(marker, (made.get(marker) ?? 0) + 1);
      const { id } = record.subscription;
      const orders = rest.orders.filter(({ purchase }) => purchase?.subscription === id);
      const findings = [
        ...wrongPayments(record, orders),
        ...forgotten(record, nowMs),
        ...untold(record, told),
        ...chargedAfter(rest, orders, shop.cancelledAtMs.get(id)),
      ];
      for (const finding of findings) world.fail(`subscription ${id} ${finding}`);
    }
  }
  for (const ask of asks.of('subscribe')) {
    compare(rest, ask, made.get(ask.split(' ')[1] ?? '') ?? 0);
  }
}

async function timeOf({ world, runtime }: RestWithOrders, { tenant }: Shop): Promise<number> {
  const merchant = await runtime.access.findMerchant(tenant);
  return world.time.nowMs + (merchant?.clockOffsetMs ?? 0);
}

function wrongPayments(
  { subscription, billing, payments }: SubscriptionRecord,
  orders: readonly StoredOrder[],
): string[] {
  const numbers = payments.map(({ number }) => number);
  const charged = payments.filter(({ outcome }) => isCharged(outcome));
  const paid = orders
    .flatMap((order) => order.transactions)
    .filter(({ kind, status }) => (kind === 'sale' || kind === 'hold') && status === 'succeeded');
  const most = subscription.billing?.totalPayments ?? Number.POSITIVE_INFINITY;
  const isOf = new Set(charged.map(({ charge }) => charge?.transaction));
  return [
    ...(numbers.every((number, index) => number === index + 1)
      ? []
      : [`has payments for ${numbers.join(', ')}`]),
    ...(charged.length === billing?.paid ? [] : [`counts ${billing?.paid} of ${charged.length}`]),
    ...(paid.length === charged.length
      ? []
      : [`was charged ${paid.length} times for ${charged.length} periods`]),
    ...(charged.length <= most ? [] : [`was paid ${charged.length} of ${most} times`]),
    ...paid.filter(({ uuid }) => !isOf.has(uuid)).map(({ uuid }) => `forgot its payment ${uuid}`),
  ];
}

function forgotten({ billing }: SubscriptionRecord, nowMs: number): string[] {
  const next = billing?.next ?? null;
  if (billing === null || next === null) return [];
  const isWaiting = billing.state === 'running' && Date.parse(next.at) > nowMs;
  return isWaiting ? [] : [`is ${billing.state} and owes payment ${next.number} since ${next.at}`];
}

/** What was under way when it was cancelled is over by then. */
const SETTLED_MS = 15 * 60_000;

/** Nobody who has been told that it is cancelled is charged the next day. */
function chargedAfter(
  { world }: RestWithOrders,
  orders: readonly StoredOrder[],
  cancelledAtMs = Number.POSITIVE_INFINITY,
): string[] {
  return orders
    .flatMap((order) => order.transactions)
    .filter(({ uuid }) => (world.bank.book.get(uuid)?.atMs ?? 0) > cancelledAtMs + SETTLED_MS)
    .map(({ kind, uuid }) => `was cancelled before its ${kind} ${uuid}`);
}

function untold({ payments }: SubscriptionRecord, told: ReadonlySet<string>): string[] {
  return payments
    .filter(({ id, attempt }) => !told.has(`${id} ${attempt}`))
    .map(({ number, attempt }) => `told nobody of payment ${number}, attempt ${attempt}`);
}

/** The attempts that the product's server was told of. */
function reportsIn(received: readonly { body: string }[]): Set<string> {
  return new Set(
    received
      .map(({ body }) => JSON.parse(body))
      .filter(({ payment_id }) => payment_id !== undefined)
      .map(({ payment_id, attempt }) => `${payment_id} ${attempt}`),
  );
}
