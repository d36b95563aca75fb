import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toMajor } from '#faces/highlevel/money.ts';
import { amountOf, amountRefundedOf, transactionStatusOf } from '#faces/highlevel/statuses.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { mintUuid, objectIdFromUuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import { isPayment } from '#ledger/orders/order-lists.ts';
import { applyResult } from '#ledger/payments/apply-result.ts';
import { beginCapture, beginRefund, beginVoid } from '#ledger/payments/begin-follow-up.ts';
import { beginCharge } from '#ledger/payments/begin-payment.ts';
import { payOffline } from '#ledger/payments/offline-payment.ts';
import { type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
import { type Paylands, paylandsOf } from '#test/highlevel/support/paylands.ts';
import { approved, CARD, NOW, NOW_MS, newOrder, REFUSED, SERVICE } from '#test/support/orders.ts';

/** What somebody does to an order on one of the faces; amounts in minor units. */
type Step =
  | { do: 'charge' | 'void' }
  | { do: 'capture' | 'refund' | 'payOffline'; amount: number | null }
  | { do: 'applyResult'; approve: boolean };

const amount = fc.option(fc.integer({ min: 1, max: 1200 }), { nil: null });
const action = fc.oneof(
  fc.record({ do: fc.constantFrom('charge' as const, 'void' as const) }),
  fc.record({
    do: fc.constantFrom('capture' as const, 'refund' as const, 'payOffline' as const),
    amount,
  }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  action,
  fc.record({ do: fc.constant('applyResult' as const), approve: fc.boolean() }),
);
const intent = fc.constantFrom('sale' as const, 'hold' as const);

const CASH = { mode: 'cash' as const, card: null, cheque: null, notes: null, details: null };

function apply(order: Order, one: Step): Order {
  const attempt = { uuid: mintUuid(NOW_MS), now: NOW };
  switch (one.do) {
    case 'charge':
      return beginCharge(order, CARD, attempt);
    case 'capture':
      return beginCapture(order, SERVICE, one.amount, attempt);
    case 'void':
      return beginVoid(order, attempt);
    case 'refund':
      return beginRefund(order, one.amount, attempt);
    case 'payOffline':
      return payOffline(order, one.amount, CASH, attempt);
    case 'applyResult': {
      const pending = order.transactions.find((transaction) => transaction.status === 'pending');
      if (pending === undefined) return order;
      return applyResult(
        order,
        pending.uuid,
        one.approve ? approved(pending.amount) : REFUSED,
        NOW,
      );
    }
  }
}

test('after any steps, the payments of HighLevel add up to the totals of Paylands', () => {
  fc.assert(
    fc.property(intent, fc.array(step, { maxLength: 20 }), (kind, steps) => {
      let order = newOrder({ intent: kind });
      for (const one of steps) {
        try {
          order = apply(order, one);
        } catch (error) {
          if (!(error instanceof LedgerError)) throw error;
        }
        const payments = order.transactions.filter(isPayment);
        const paid = payments.filter((payment) =>
          ['succeeded', 'refunded'].includes(transactionStatusOf(order, payment)),
        );
        const sum = (of: typeof amountOf) =>
          paid.reduce((total, payment) => total + of(order, payment), 0);
        expect(sum(amountOf)).toBe(order.captured);
        expect(sum(amountRefundedOf)).toBe(order.refunded);
      }
    }),
    { numRuns: 3000 },
  );
});

let face: Face;
let location: TestLocation;
let paylands: Paylands;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  location = await face.newLocation();
  paylands = await paylandsOf(face.url, location.tenant);
});

interface Row {
  status: string;
  amount: number;
  amountRefunded: number;
}

/** The totals of all orders of the location, as its payments tell them. */
async function totalsOfHighLevel(): Promise<{ captured: number; refunded: number }> {
  const query = { altId: location.id, altType: 'location', limit: '1000' };
  const { body } = await face.call(location.pit, 'GET /payments/transactions', { query });
  const rows = body.data as Row[];
  expect(body.totalCount).toBe(rows.length);
  const paid = rows.filter((row) => ['succeeded', 'refunded'].includes(row.status));
  const cents = (of: (row: Row) => number) =>
    paid.reduce((sum, row) => sum + Math.round(of(row) * 100), 0);
  return { captured: cents((row) => row.amount), refunded: cents((row) => row.amountRefunded) };
}

async function send(uuid: string, card: string, one: Step): Promise<void> {
  const order = { order_uuid: uuid };
  const exact = 'amount' in one && one.amount !== null ? { amount: one.amount } : {};
  switch (one.do) {
    case 'charge':
      await paylands.post('/payment/direct', { ...order, card_uuid: card });
      return;
    case 'capture':
      await paylands.post('/payment/confirmation', { ...order, ...exact });
      return;
    case 'void':
      await paylands.post('/payment/cancellation', order);
      return;
    case 'refund':
      await paylands.post('/payment/refund', { ...order, ...exact });
      return;
    case 'payOffline': {
      const amount = exact.amount === undefined ? {} : { amount: toMajor(exact.amount, 2) };
      const body = { altId: location.id, altType: 'location', mode: 'cash', ...amount };
      const id = objectIdFromUuid(uuid);
      await face.call(location.pit, `POST /payments/orders/${id}/record-payment`, { body });
    }
  }
}

test('so they do on the running stack, whoever does what at the same time', async () => {
  const card = await paylands.saveCard();
  const expected = { captured: 0, refunded: 0 };
  await fc.assert(
    fc.asyncProperty(
      intent,
      fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
      async (kind, rounds) => {
        const operative = kind === 'sale' ? 'AUTHORIZATION' : 'DEFERRED';
        const { uuid } = await paylands.createOrder({ operative });
        for (const round of rounds) {
          await Promise.all(round.map((one) => send(uuid, card, one)));
        }
        const order = await paylands.order(uuid);
        expect(order.captured).toBeLessThanOrEqual(order.amount);
        expect(order.refunded).toBeLessThanOrEqual(order.captured);
        expected.captured += order.captured;
        expected.refunded += order.refunded;
        expect(await totalsOfHighLevel()).toEqual(expected);
      },
    ),
    { numRuns: 25 },
  );
});
