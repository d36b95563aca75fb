import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LedgerError } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Order, OrderIntent } from '#ledger/orders/order.ts';
import { expire } from '#ledger/orders/order-due.ts';
import { TRANSITIONS } from '#ledger/orders/order-transitions.ts';
import type { AcquirerResult } from '#ledger/payments/acquirer.ts';
import { applyResult } from '#ledger/payments/apply-result.ts';
import {
  answerAuthentication,
  authenticatedTerms,
  beginAuthentication,
  cancelByPayer,
  openForPayment,
} from '#ledger/payments/authentication-rules.ts';
import {
  beginAuthenticatedCharge,
  beginCharge,
  beginOtherPayment,
  beginPayout,
} from '#ledger/payments/begin-payment.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import { approved, CARD, NOW, NOW_MS, newOrder, REFUSED } from '#test/support/orders.ts';

/** What payer, merchant, issuer and time may do to an order, in any sequence. */
type Step =
  | { do: 'open' | 'cancel' | 'charge' | 'other' | 'payout' | 'expire' }
  | { do: 'authenticate'; passes: boolean }
  | { do: 'answer'; agrees: boolean }
  | { do: 'applyResult'; answer: 'approve' | 'refuse' | 'ask' | 'unknown' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('open', 'cancel', 'charge', 'other', 'payout', 'expire' as const),
  }),
  fc.record({ do: fc.constant('authenticate' as const), passes: fc.boolean() }),
  fc.record({ do: fc.constant('answer' as const), agrees: fc.boolean() }),
  fc.record({
    do: fc.constant('applyResult' as const),
    answer: fc.constantFrom('approve', 'refuse', 'ask', 'unknown' as const),
  }),
);

const ANSWERS: Record<Extract<Step, { do: 'applyResult' }>['answer'], AcquirerResult> = {
  approve: approved(1000),
  refuse: REFUSED,
  ask: { result: 'authentication_required', code: '0195', description: 'Authenticate' },
  unknown: { result: 'unknown' },
};

const AFTER_EXPIRY = new Date(NOW_MS + 700_000).toISOString();

function apply(order: Order, action: Step): Order {
  const attempt = { uuid: mintUuid(NOW_MS), now: NOW };
  switch (action.do) {
    case 'open':
      return openForPayment(order, NOW);
    case 'cancel':
      return cancelByPayer(order, NOW);
    case 'charge':
      return beginCharge(order, CARD, attempt);
    case 'other':
      return beginOtherPayment(order, attempt, PLAIN_CONDITIONS);
    case 'payout':
      return beginPayout(order, CARD, attempt, PLAIN_CONDITIONS);
    case 'expire':
      return expire(order, AFTER_EXPIRY);
    case 'authenticate': {
      const refusal = { code: '0184', description: '' };
      const plan = { version: '2.2', flow: 'CHALLENGE' as const, eci: '05', refusal };
      return beginAuthentication(order, CARD, { ...plan, passes: action.passes }, 'right', NOW);
    }
    case 'answer':
      return answered(order, action.agrees);
    case 'applyResult': {
      const pending = order.transactions.find((one) => one.status === 'pending');
      return applyResult(order, pending?.uuid ?? '', ANSWERS[action.answer], NOW);
    }
  }
}

function answered(order: Order, agrees: boolean): Order {
  if (order.authentication === null) return order;
  const attempt = { uuid: mintUuid(NOW_MS), now: NOW };
  const next = answerAuthentication(order, agrees);
  const begun = beginAuthenticatedCharge(next, CARD, attempt, authenticatedTerms(next));
  return next.authentication?.status === 'Y'
    ? begun
    : applyResult(begun, attempt.uuid, REFUSED, NOW);
}

/** Money moves at most once, and only the way the order is meant to. */
function expectSound(order: Order): void {
  const moved = order.transactions.filter((one) => one.status === 'succeeded');
  expect(moved.length).toBeLessThanOrEqual(1);
  expect(moved.every((one) => one.kind === order.intent)).toBe(true);
  expect(order.transactions.filter((one) => one.status === 'pending').length).toBeLessThanOrEqual(
    1,
  );
  const amount = moved.length * 1000;
  expect(order.captured).toBe(order.intent === 'sale' ? amount : 0);
  expect(order.held).toBe(order.intent === 'hold' ? amount : 0);
  expect(['paid', 'held'].includes(order.status)).toBe(moved.length === 1);
}

function run(intent: OrderIntent, steps: readonly Step[]): Order {
  let order = newOrder({ intent });
  for (const action of steps) {
    try {
      const next = apply(order, action);
      if (next.status !== order.status) {
        const reachable = TRANSITIONS[order.status].flatMap((one) => [one, ...TRANSITIONS[one]]);
        expect(reachable).toContain(next.status);
      }
      order = next;
    } catch (error) {
      // A refused step changes nothing; anything but a refusal is a bug.
      if (!(error instanceof LedgerError)) throw error;
    }
    expectSound(order);
  }
  return order;
}

const intents = fc.constantFrom<OrderIntent>('sale', 'hold', 'payout', 'transfer');

test('whatever payer, issuer and time do, money moves once and only as it was meant to', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(intents, fc.array(step, { maxLength: 20 }), (intent, steps) => {
      reached.add(run(intent, steps).status);
    }),
    { numRuns: 5000 },
  );
  expect([...reached].sort()).toEqual(
    [
      'created',
      'pending_card',
      'pending_processor',
      'pending_authentication',
      'authentication_required',
      'pending_payment',
      'paid',
      'held',
      'refused',
      'user_cancelled',
      'expired',
      'authentication_expired',
    ].sort(),
  );
});
