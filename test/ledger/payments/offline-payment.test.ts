import { describe, expect, test } from 'vitest';
import { LedgerError } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { ManualPayment, Order, Transaction } from '#ledger/orders/order.ts';
import { dueOf, expire } from '#ledger/orders/order-due.ts';
import { stateOf } from '#ledger/orders/order-state.ts';
import { applyResult } from '#ledger/payments/apply-result.ts';
import { beginRefund, refundable } from '#ledger/payments/begin-follow-up.ts';
import { beginCharge } from '#ledger/payments/begin-payment.ts';
import { amountDue, payOffline } from '#ledger/payments/offline-payment.ts';
import { approved, CARD, NOW, NOW_MS, newOrder } from '#test/support/orders.ts';

const CASH: ManualPayment = { mode: 'cash', card: null, cheque: null, notes: null, details: null };
const attempt = () => ({ uuid: mintUuid(NOW_MS), now: NOW });
const pay = (order: Order, amount: number | null) => payOffline(order, amount, CASH, attempt());
const LATER = new Date(NOW_MS + 700_000).toISOString();

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
  return 'none';
}

function charged(): Order {
  const begun = beginCharge(newOrder(), CARD, attempt());
  return applyResult(begun, begun.transactions[0]?.uuid ?? '', approved(1000), NOW);
}

describe('a payment by hand', () => {
  test('is of everything that is due when no amount is given', () => {
    const order = pay(newOrder(), null);
    expect(order).toMatchObject({ status: 'paid', captured: 1000 });
    expect(order.transactions).toMatchObject([
      { kind: 'manual', status: 'succeeded', amount: 1000, card: null, manual: { mode: 'cash' } },
    ]);
    expect(stateOf(order)).toEqual({ stage: 'completed', payment: 'paid' });
  });

  test('in parts pays the order when the last one covers it', () => {
    const part = pay(newOrder(), 300);
    expect(part).toMatchObject({ status: 'created', captured: 300 });
    expect(stateOf(part)).toEqual({ stage: 'open', payment: 'partly_paid' });
    expect(amountDue(part)).toBe(700);
    expect(codeOf(() => pay(part, 701))).toBe('payment_exceeds_due');
    expect(pay(part, null)).toMatchObject({ status: 'paid', captured: 1000 });
  });

  test('leaves room in the order for a refund', () => {
    const order = newOrder({ amount: 200 });
    const tried = { ...pay(order, 1).transactions[0], status: 'refused' } as Transaction;
    const filled = (count: number) => ({ ...order, transactions: Array(count).fill(tried) });
    expect(codeOf(() => pay(filled(198), 1))).toBe('none');
    expect(codeOf(() => pay(filled(199), 1))).toBe('order_full');
  });

  test.each([
    ['an order that is paid offline', () => pay(newOrder(), null), 'order_already_paid'],
    ['an order that is paid by card', charged, 'order_already_paid'],
    ['an order of nothing', () => newOrder({ amount: 0 }), 'order_already_paid'],
    ['a charge under way', () => beginCharge(newOrder(), CARD, attempt()), 'order_busy'],
    ['an authentication', () => newOrder({ status: 'pending_authentication' }), 'order_busy'],
    ['an expired order', () => newOrder({ status: 'expired' }), 'order_not_payable'],
    ['an order whose time is over', () => newOrder({ expiresAt: NOW }), 'order_not_payable'],
    ['a hold', () => newOrder({ status: 'held', held: 1000 }), 'order_not_payable'],
    ['a payout', () => newOrder({ intent: 'payout' }), 'order_intent_mismatch'],
  ] as const)('is refused for %s', (_, order, code) => {
    expect(codeOf(() => pay(order(), null))).toBe(code);
  });
});

describe('an order that is partly paid offline', () => {
  const part = () => pay(newOrder(), 300);

  test('cannot be charged to a card as well', () => {
    expect(codeOf(() => beginCharge(part(), CARD, attempt()))).toBe('order_not_payable');
  });

  test('does not expire, and is finished by hand after its time', () => {
    expect(dueOf(part(), 1000, NOW_MS).kind).toBe('none');
    expect(expire(part(), LATER).status).toBe('created');
    const order = payOffline(part(), null, CASH, { uuid: mintUuid(NOW_MS), now: LATER });
    expect(order.status).toBe('paid');
  });

  test('has nothing that an acquirer could return', () => {
    const paid = pay(part(), null);
    expect(refundable(paid)).toBe(0);
    expect(codeOf(() => beginRefund(paid, 1, attempt()))).toBe('order_not_refundable');
  });
});
