import fc from 'fast-check';
import { expect, vi } from 'vitest';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { LedgerReads } from '#ledger/core/store.ts';
import type { Order, OrderStatus } from '#ledger/orders/order.ts';
import { stateOf, withStanding } from '#ledger/orders/order-state.ts';
import { PAYMENT_STATES, STAGES } from '#ledger/orders/standing.ts';
import type { Purchase } from '#ledger/purchases/purchase.ts';
import type { TestLedger } from '#test/support/ledger.ts';
import { newOrder } from '#test/support/orders.ts';

export const MINUTE_MS = 60_000;
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
export class Shop {
  readonly ledger: TestLedger;
  readonly merchant: Merchant;
  readonly orders: Order[] = [];
  nowMs: number;

  constructor(ledger: TestLedger, merchant: Merchant, nowMs: number) {
    this.ledger = ledger;
    this.merchant = merchant;
    this.nowMs = nowMs;
  }

  /** Moves the clock of everybody. */
  pass(ms: number): void {
    this.nowMs += ms;
    vi.setSystemTime(this.nowMs);
  }

  async create(ageMs: number): Promise<void> {
    const uuid = mintUuid(this.nowMs - ageMs);
    // Every third came by a channel, and is in a partition of its own.
    const purchase = this.orders.length % 3 === 0 ? SALE : null;
    this.orders.push(await this.#write({ ...newOrder({ uuid, purchase }), version: 0 }));
  }

  /** `lateMs` after the time that it notes. */
  async change(index: number, status: OrderStatus, lateMs = 0): Promise<void> {
    const order = this.orders[index];
    if (order === undefined) return;
    const captured = status === 'created' ? 0 : order.amount;
    const refunded = status === 'refunded' ? order.amount : 0;
    this.orders[index] = await this.#write({ ...order, status, captured, refunded }, lateMs);
  }

  async #write(order: Order, lateMs = 0): Promise<Order> {
    const next = withStanding({ ...order, version: order.version + 1 }, this.nowMs - lateMs);
    const due = { kind: 'none' } as const;
    await this.ledger.runtime.store.commit(this.merchant, [
      { change: 'order', order: next, due, testClock: false },
    ]);
    return next;
  }
}

/** Every list of orders has what was written, and its total is exact. */
export async function expectExact(
  { ledger, merchant, orders }: Shop,
  offset: number,
  store: LedgerReads = ledger.runtime.store,
): Promise<void> {
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

export type Step =
  | { does: 'create'; count: number; ageMs: number; stepMs: number }
  | { does: 'change'; which: number; count: number; status: OrderStatus; lateMs: number }
  | { does: 'pass'; ms: number }
  | { does: 'read'; offset: number };

export const step: fc.Arbitrary<Step> = fc.oneof(
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
    lateMs: fc.constantFrom(0, 25_000),
  }),
  fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(1, 30_000, 70_000) }),
  fc.record({ does: fc.constant('read' as const), offset: fc.nat(200) }),
);

export async function take(shop: Shop, one: Step): Promise<void> {
  switch (one.does) {
    case 'create':
      for (let index = 0; index < one.count; index += 1) {
        await shop.create(one.ageMs + index * one.stepMs);
      }
      return;
    case 'change':
      for (let index = 0; index < one.count; index += 1) {
        await shop.change(one.which + index, one.status, one.lateMs);
      }
      return;
    case 'pass':
      shop.pass(one.ms);
      return;
    case 'read':
      await expectExact(shop, one.offset);
  }
}
