import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LedgerError } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { ManualPayment, Order, TransactionKind } from '#ledger/orders/order.ts';
import { TRANSITIONS } from '#ledger/orders/order-transitions.ts';
import { applyResult } from '#ledger/payments/apply-result.ts';
import { beginCapture, beginRefund, beginVoid } from '#ledger/payments/begin-follow-up.ts';
import { beginCharge } from '#ledger/payments/begin-payment.ts';
import { payOffline } from '#ledger/payments/offline-payment.ts';
import { approved, CARD, NOW, NOW_MS, newOrder, REFUSED, SERVICE } from '#test/support/orders.ts';

const CASH: ManualPayment = { mode: 'cash', card: null, cheque: null, notes: null, details: null };

/** What somebody may do to an order, in any sequence; `applyResult` answers one pending transaction. */
type Step =
  | { do: 'charge' | 'void' }
  | { do: 'capture' | 'refund' | 'payOffline'; amount: number | null }
  | { do: 'applyResult'; which: number; approve: boolean };

const amount = fc.option(fc.integer({ min: 1, max: 1200 }), { nil: null });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('charge' as const, 'void' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('capture' as const, 'refund' as const, 'payOffline' as const),
      amount,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('applyResult' as const),
      which: fc.nat(5),
      approve: fc.boolean(),
    }),
  },
);

function apply(order: Order, action: Step): Order {
  const attempt = { uuid: mintUuid(NOW_MS), now: NOW };
  switch (action.do) {
    case 'charge':
      return beginCharge(order, CARD, attempt);
    case 'capture':
      return beginCapture(order, SERVICE, action.amount, attempt);
    case 'void':
      return beginVoid(order, attempt);
    case 'refund':
      return beginRefund(order, action.amount, attempt);
    case 'payOffline':
      return payOffline(order, action.amount, CASH, attempt);
    case 'applyResult': {
      const pending = order.transactions.filter((one) => one.status === 'pending');
      const chosen = pending[action.which % Math.max(pending.length, 1)];
      if (chosen === undefined) return order;
      return applyResult(
        order,
        chosen.uuid,
        action.approve ? approved(chosen.amount) : REFUSED,
        NOW,
      );
    }
  }
}

function sum(order: Order, kind: TransactionKind, status = 'succeeded'): number {
  return order.transactions
    .filter((one) => one.kind === kind && one.status === status)
    .reduce((total, one) => total + one.amount, 0);
}

/** The reference model: the totals follow from the transactions alone. */
function expectSound(order: Order): void {
  const captured = sum(order, 'sale') + sum(order, 'capture') + sum(order, 'manual');
  const isReleased = sum(order, 'capture') > 0 || order.status === 'voided';
  expect(order.captured).toBe(captured);
  expect(order.refunded).toBe(sum(order, 'refund'));
  expect(order.held).toBe(isReleased ? 0 : sum(order, 'hold'));
  expect(order.refunded).toBeGreaterThanOrEqual(0);
  expect(order.refunded + sum(order, 'refund', 'pending')).toBeLessThanOrEqual(captured);
  expect(captured).toBeLessThanOrEqual(order.amount);
  const payments = order.transactions.filter((one) => one.kind === 'sale' || one.kind === 'hold');
  expect(payments.filter((one) => one.status === 'succeeded').length).toBeLessThanOrEqual(1);
  // Money comes by hand or from an acquirer, and an acquirer returns only what it took.
  if (sum(order, 'manual') > 0) {
    expect(payments.every((one) => one.status !== 'succeeded')).toBe(true);
    expect(sum(order, 'refund') + sum(order, 'refund', 'pending')).toBe(0);
  }
}

function run(intent: 'sale' | 'hold', steps: readonly Step[]): Order {
  let order = newOrder({ intent });
  for (const action of steps) {
    try {
      const next = apply(order, action);
      if (next.status !== order.status) expect(TRANSITIONS[order.status]).toContain(next.status);
      order = next;
    } catch (error) {
      // A refused step changes nothing; anything but a refusal is a bug.
      if (!(error instanceof LedgerError)) throw error;
    }
    expectSound(order);
  }
  return order;
}

describe('any interleaving of authorize, capture, void and refund', () => {
  test.each(['sale', 'hold'] as const)('keeps the totals of a %s sound', (intent) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        run(intent, [{ do: 'charge' }, ...steps]);
      }),
      { numRuns: 3000 },
    );
  });

  test.each(['sale', 'hold'] as const)('and payments by hand keeps a %s sound', (intent) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        run(intent, steps);
      }),
      { numRuns: 3000 },
    );
  });

  test('reaches every status that a charge, capture, void or refund can lead to', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom('sale' as const, 'hold' as const),
        fc.array(step, { maxLength: 25 }),
        (intent, steps) => {
          reached.add(run(intent, [{ do: 'charge' }, ...steps]).status);
        },
      ),
      { numRuns: 3000 },
    );
    expect([...reached].sort()).toEqual(
      [
        'held',
        'paid',
        'partially_captured',
        'partially_refunded',
        'pending_processor',
        'refunded',
        'refused',
        'voided',
      ].sort(),
    );
  });
});
