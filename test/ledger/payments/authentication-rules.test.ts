import { expect, test } from 'vitest';
import type { OrderStatus } from '#ledger/orders/order.ts';
import { closesAt } from '#ledger/orders/order-due.ts';
import {
  canAuthenticate,
  cancelByPayer,
  openForPayment,
} from '#ledger/payments/authentication-rules.ts';
import { NOW, newOrder } from '#test/support/orders.ts';

const WAITING: OrderStatus[] = ['created', 'pending_card', 'redirected_to_authentication'];

test.each(WAITING)('the payer of an order that is %s is asked until it closes', (status) => {
  const order = newOrder({ status });
  expect(canAuthenticate(order, NOW)).toBe(true);
  expect(canAuthenticate(order, closesAt(order))).toBe(false);
});

test('nobody is asked, and no page is opened, to receive a payout', () => {
  const payout = newOrder({ intent: 'payout' });
  expect(canAuthenticate(payout, NOW)).toBe(false);
  expect(openForPayment(payout, NOW)).toBe(payout);
  expect(openForPayment(newOrder(), NOW).status).toBe('pending_card');
});

test('only who has opened the page cancels at it', () => {
  expect(() => cancelByPayer(newOrder(), NOW)).toThrow(
    expect.objectContaining({ code: 'order_not_payable' }),
  );
  expect(cancelByPayer(openForPayment(newOrder(), NOW), NOW).status).toBe('user_cancelled');
});
