import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintUuid, objectIdFromUuid } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Order, OrderStatus } from '#ledger/orders/order.ts';
import { type OrderFilter, type Page, searchTextOf } from '#ledger/orders/order-lists.ts';
import { stateOf } from '#ledger/orders/order-state.ts';
import { listed } from '#ledger/payments/stage-outcome.ts';
import type { Purchase } from '#ledger/purchases/purchase.ts';
import { FaultyAcquirer } from '#test/support/faulty-acquirer.ts';
import { startLedger, type TestLedger } from '#test/support/ledger.ts';
import { newOrder, newTransaction } from '#test/support/orders.ts';

let ledger: TestLedger;
let merchant: Merchant;
/** Newest first. */
let orders: Order[];

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
const BEGIN_MS = Date.UTC(2026, 0, 30);
const COUNT = 150;

/** Times of all kinds: close together, and at the edges of minutes, days and months. */
function timeOf(index: number): number {
  const base = BEGIN_MS + Math.floor(index / 6) * DAY_MS * 1.7;
  const offsets = [0, 1, MINUTE_MS - 1, MINUTE_MS, 3_600_000, DAY_MS - 1];
  return base + (offsets[index % offsets.length] ?? 0);
}

function purchaseOf(index: number): Purchase {
  const price = { id: 'price', name: 'Price', isRecurring: false, amount: 100, details: {} };
  const product = { id: `product-${index % 4}`, name: 'Tea', details: {} };
  const name = `Name ${index % 7}`;
  return {
    contact: { id: `contact-${index % 5}`, name, email: null, details: {} },
    channel: {
      type: index % 2 === 0 ? 'website' : 'funnel',
      subType: null,
      id: `channel-${index % 3}`,
      name: null,
      details: null,
    },
    items: [{ name: 'Tea', quantity: 1, product, price }],
    summary: { subtotal: 100, discount: 0, tax: null, shipping: null },
    taxes: [],
    coupon: null,
    subscription: null,
    createdBy: null,
  };
}

function orderAt(index: number): Order {
  const timeMs = timeOf(index);
  const at = new Date(timeMs).toISOString();
  const statuses: OrderStatus[] = ['created', 'paid', 'refused'];
  const status = statuses[index % 3] ?? 'created';
  const captured = status === 'paid' ? 1000 : 0;
  const order = newOrder({ uuid: mintUuid(timeMs), status, captured, createdAt: at });
  const transaction = newTransaction({
    uuid: mintUuid(timeMs),
    status: status === 'paid' ? 'succeeded' : 'refused',
    createdAt: at,
    updatedAt: at,
  });
  const transactions = status === 'created' ? [] : [transaction];
  return { ...order, purchase: index % 6 === 0 ? null : purchaseOf(index), transactions };
}

beforeAll(async () => {
  ledger = await startLedger(new FaultyAcquirer());
  merchant = await ledger.newMerchant();
  orders = Array.from({ length: COUNT }, (_, index) => orderAt(index));
  for (const order of orders) {
    const [transaction] = order.transactions;
    await ledger.runtime.store.commit(merchant, [
      { change: 'order', order, due: { kind: 'none' }, testClock: false },
      ...(transaction === undefined ? [] : [listed(order, transaction)]),
    ]);
  }
  const idOf = (order: Order) => objectIdFromUuid(order.uuid) ?? '';
  orders.sort((one, other) => (idOf(one) < idOf(other) ? 1 : -1));
});
afterAll(() => ledger.stop());

/** Windows begin and end at whole minutes, as filters do. */
const minute = fc
  .integer({ min: -1000, max: 50 * 24 * 60 })
  .map((minutes) => BEGIN_MS + minutes * MINUTE_MS);
const page: fc.Arbitrary<Page> = fc.record({
  fromMs: fc.option(minute, { nil: null }),
  toMs: fc.option(minute, { nil: null }),
  limit: fc.integer({ min: 0, max: 40 }),
  offset: fc.integer({ min: 0, max: 170 }),
});

const filter: fc.Arbitrary<OrderFilter> = fc.record(
  {
    contact: fc.constantFrom('contact-1', 'contact-2', 'unknown'),
    channel: fc.constantFrom('channel-0', 'channel-1'),
    products: fc.subarray(['product-1', 'product-2', 'product-3'], { minLength: 1 }),
    states: fc.subarray(
      [
        { stage: 'open' as const, payment: 'unpaid' as const },
        { stage: 'completed' as const, payment: 'paid' as const },
        { stage: 'failed' as const, payment: 'unpaid' as const },
      ],
      { minLength: 0 },
    ),
    text: fc.constantFrom('name 3', 'tea', 'nothing'),
  },
  { requiredKeys: [] },
);

function isWithin({ createdAt }: Order, { fromMs, toMs }: Page): boolean {
  const timeMs = Date.parse(createdAt);
  return (fromMs === null || timeMs >= fromMs) && (toMs === null || timeMs < toMs);
}

function isMatch(order: Order, wanted: OrderFilter): boolean {
  const { contact, channel, products, states, text } = wanted;
  const { purchase } = order;
  const state = stateOf(order);
  return (
    (contact === undefined || purchase?.contact?.id === contact) &&
    (channel === undefined || purchase?.channel.id === channel) &&
    (products === undefined || products.includes(purchase?.items[0]?.product.id ?? '')) &&
    (text === undefined || searchTextOf(order).includes(text)) &&
    (states === undefined ||
      states.some((one) => one.stage === state.stage && one.payment === state.payment))
  );
}

test('any page of any window of orders is what a plain list would give', async () => {
  await fc.assert(
    fc.asyncProperty(page, filter, async (wanted, criteria) => {
      const { entries, total } = await ledger.runtime.store.orders(merchant, wanted, criteria);
      const all = orders.filter((order) => isWithin(order, wanted) && isMatch(order, criteria));
      expect(total).toBe(all.length);
      expect(entries.map((order) => order.uuid)).toEqual(
        all.slice(wanted.offset, wanted.offset + wanted.limit).map((order) => order.uuid),
      );
    }),
    { numRuns: 300 },
  );
});

test('any page of any window of payments is what a plain list would give', async () => {
  const criteria = fc.record(
    {
      contact: fc.constantFrom('contact-1', 'unknown'),
      channelType: fc.constantFrom('website', 'external'),
      text: fc.constantFrom('name 3', 'test'),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(page, criteria, async (wanted, { channelType, ...rest }) => {
      const narrowed = channelType === undefined ? rest : { ...rest, channelType };
      const { entries, total } = await ledger.runtime.store.payments(merchant, wanted, narrowed);
      const all = orders.filter(
        (order) =>
          order.transactions.length > 0 &&
          isWithin(order, wanted) &&
          isMatch(order, rest) &&
          [undefined, order.purchase?.channel.type ?? 'external'].includes(channelType),
      );
      expect(total).toBe(all.length);
      expect(entries.map((payment) => payment.order.uuid)).toEqual(
        all.slice(wanted.offset, wanted.offset + wanted.limit).map((order) => order.uuid),
      );
    }),
    { numRuns: 200 },
  );
});
