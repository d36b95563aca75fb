import { expect, test } from 'vitest';
import { withoutPerson } from '#ledger/customers/forget-customer.ts';
import { newOrder, newTransaction } from '#test/support/orders.ts';

test('the order of a person who is forgotten does not say from where and in what it was paid', () => {
  const browser = { fingerprint: '495973560', userAgent: 'Firefox/106.0' };
  const ip = '203.0.113.77';
  const order = newOrder({ ip, transactions: [newTransaction({ ip, browser })] });
  const left = withoutPerson(order, 'forgotten-1');
  expect(left.transactions).toEqual(
    [newTransaction({ ...order.transactions[0], ip: null })].map(
      ({ browser: _browser, ...one }) => one,
    ),
  );
  expect(JSON.stringify(left)).not.toMatch(/203\.0|Firefox|495973560/);
});
