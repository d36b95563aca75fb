import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Order, OrderStatus } from '#ledger/orders/order.ts';
import { stateOf, withStanding } from '#ledger/orders/order-state.ts';
import { PAYMENT_STATES, STAGES } from '#ledger/orders/standing.ts';
import type { Purchase } from '#ledger/purchases/purchase.ts';
import { FaultyAcquirer } from '#test/support/faulty-acquirer.ts';
import { startLedger, type TestLedger } from '#test/support/ledger.ts';
import { newOrder } from '#test/support/orders.ts';
import { scan } from '#test/support/scan.ts';

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await startLedger(new FaultyAcquirer());
  process.env.DYNAMODB_ENDPOINT = ledger.endpoint;
});
afterAll(() => ledger.stop());

const MINUTE_MS = 60_000;
const EVERYTHING = { fromMs: null, toMs: null, limit: 7 };
const STATES = STAGES.flatMap((stage) => PAYMENT_STATES.map((payment) => ({ stage, payment })));

const SALE: Purchase = {
  contact: null,
  channel: { type: 'website', subType: null, id: '', name: null, details: null },
  items: [],
  summary: { subtotal: 1000, discount: 0, tax: null, shipping: null },
  taxes: [],
  coupon: null,
  subscription: null,
  createdBy: null,
};

/** Orders of a merchant, written as requests would at times that a test chooses. */
class Shop {
  readonly merchant: Merchant;
  readonly orders: Order[] = [];
  nowMs: number;

  constructor(merchant: Merchant, nowMs: number) {
    this.merchant = merchant;
    this.nowMs = nowMs;
  }

  async create(ageMs: number): Promise<void> {
    const uuid = mintUuid(this.nowMs - ageMs);
    // Every third came by a channel, and is in a partition of its own.
    const purchase = this.orders.length % 3 === 0 ? SALE : null;
    this.orders.push(await this.#write({ ...newOrder({ uuid, purchase }), version: 0 }));
  }

  async change(index: number, status: OrderStatus): Promise<void> {
    const order = this.orders[index];
    if (order === undefined) return;
    const captured = status === 'created' ? 0 : order.amount;
    const refunded = status === 'refunded' ? order.amount : 0;
    this.orders[index] = await this.#write({ ...order, status, captured, refunded });
  }

  async #write(order: Order): Promise<Order> {
    const next = withStanding({ ...order, version: order.version + 1 }, this.nowMs);
    const due = { kind: 'none' } as const;
    await ledger.runtime.store.commit(this.merchant, [
      { change: 'order', order: next, due, testClock: false },
    ]);
    return next;
  }
}

async function expectExact({ merchant, orders }: Shop, offset: number): Promise<void> {
  const { store } = ledger.runtime;
  const newest = [...orders].sort((one, other) => (one.uuid < other.uuid ? 1 : -1));
  const uuids = (some: Order[]) => some.map((one) => one.uuid);
  const all = await store.orders(merchant, { ...EVERYTHING, offset }, {});
  expect(all.total).toBe(orders.length);
  expect(uuids(all.entries)).toEqual(uuids(newest.slice(offset, offset + EVERYTHING.limit)));
  for (const state of STATES) {
    const wanted = newest.filter((one) => {
      const { stage, payment } = stateOf(one);
      return stage === state.stage && payment === state.payment;
    });
    const found = await store.orders(merchant, { ...EVERYTHING, offset: 0 }, { states: [state] });
    expect(found.total).toBe(wanted.length);
    expect(uuids(found.entries)).toEqual(uuids(wanted.slice(0, EVERYTHING.limit)));
  }
}

type Step =
  | { does: 'create'; count: number; ageMs: number; stepMs: number }
  | { does: 'change'; which: number; count: number; status: OrderStatus }
  | { does: 'pass'; ms: number }
  | { does: 'read'; offset: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    does: fc.constant('create' as const),
    count: fc.constantFrom(1, 40, 120),
    // Also of yesterday and of last month, as an import writes them.
    ageMs: fc.constantFrom(0, 1000, 24 * 60 * MINUTE_MS, 30 * 24 * 60 * MINUTE_MS),
    // At once, or so many in a minute that they are counted by the second.
    stepMs: fc.constantFrom(1, 200),
  }),
  fc.record({
    does: fc.constant('change' as const),
    which: fc.nat(100),
    count: fc.constantFrom(1, 40, 120),
    status: fc.constantFrom<OrderStatus>('created', 'paid', 'refunded'),
  }),
  fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(1, 30_000, 70_000) }),
  fc.record({ does: fc.constant('read' as const), offset: fc.nat(200) }),
);

async function take(shop: Shop, one: Step): Promise<void> {
  switch (one.does) {
    case 'create':
      for (let index = 0; index < one.count; index += 1) {
        await shop.create(one.ageMs + index * one.stepMs);
      }
      return;
    case 'change':
      for (let index = 0; index < one.count; index += 1) {
        await shop.change(one.which + index, one.status);
      }
      return;
    case 'pass':
      shop.nowMs += one.ms;
      vi.setSystemTime(shop.nowMs);
      return;
    case 'read':
      await expectExact(shop, one.offset);
  }
}

test('whatever is written in whatever order, every list is exact at every moment', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const shop = new Shop(await ledger.newMerchant(), Date.now());
      for (const one of steps) await take(shop, one);
      await expectExact(shop, 0);
    }),
    { numRuns: 20 },
  );
  vi.useRealTimers();
}, 120_000);

test('readers at the same time write one book down, and leave nothing beside it', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const shop = new Shop(await ledger.newMerchant(), Date.now());
  const readers = () =>
    Promise.all(Array.from({ length: 8 }, () => expectExact(shop, shop.orders.length - 3)));
  for (let round = 0; round < 3; round += 1) {
    for (let index = 0; index < 220; index += 1) await shop.create(index * 150);
    for (let index = 0; index < 100; index += 1) await shop.change(index, 'paid');
    await take(shop, { does: 'pass', ms: 2 * MINUTE_MS });
    await readers();
  }
  vi.useRealTimers();
  const ofBook = [...(await scan('ledger')).keys()].filter(
    (name) => name.includes(shop.merchant.merchant) && name.includes('#BOOK#ORDERS'),
  );
  // A day, or one of its sheets, and its edition.
  const parts = new Set(ofBook.map((name) => name.split(' ')[1]?.split('+')[0]));
  expect(ofBook).toHaveLength(parts.size);
  expect(parts).toContain('BOOK');
  expect([...parts].some((part) => part?.includes('.'))).toBe(true);
}, 60_000);
