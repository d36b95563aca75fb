import { expect, test } from 'vitest';
import { withoutPerson } from '#ledger/customers/forget-customer.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import { CARD, newOrder, newTransaction } from '#test/support/orders.ts';

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

test('nor who it was, wherever an order says so; what was sold and paid stays', () => {
  const counter = 'customer#SECRET';
  const day = '2026-11-20';
  const account = { method: 'TRANSFER', phone: 'SECRET', bank: { holder: 'SECRET' } as never };
  const manual = { mode: 'cheque', card: null, cheque: '0042', notes: 'SECRET' } as const;
  const paid = newTransaction({
    conditions: { ...PLAIN_CONDITIONS, account },
    manual: { ...manual, details: { from: 'SECRET' } },
    antifraud: { counted: [{ counter, day, expiresAt: 0 }] } as never,
  });
  const named = ['profile', 'address', 'billing_address', 'shipping_address', 'halcash'];
  const order = newOrder({
    customer: 'SECRET',
    reference: 'invoice-1',
    transactions: [paid],
    cards: { [CARD.uuid]: { ...CARD, holder: 'SECRET', additional: 'SECRET' } },
    extraData: {
      ...Object.fromEntries(named.map((name) => [name, { text: 'SECRET' }])),
      highlevel: { contactSnapshot: { name: 'SECRET' }, items: ['a book'] },
      basket: 'a book',
    },
    purchase: {
      contact: { id: 'contact-1', name: 'SECRET', email: 'SECRET', details: { phone: 'SECRET' } },
      items: [{ name: 'a book' }],
    } as never,
  });
  const left = withoutPerson(order, 'forgotten-1');
  expect(JSON.stringify(left)).not.toContain('SECRET');
  expect(left).toMatchObject({
    customer: 'forgotten-1',
    amount: 1000,
    reference: 'invoice-1',
    transactions: [{ amount: 1000, manual: { mode: 'cheque', cheque: '0042' } }],
    cards: { [CARD.uuid]: { last4: '0004' } },
    extraData: { highlevel: { items: ['a book'] }, basket: 'a book' },
    purchase: { contact: { id: 'contact-1' }, items: [{ name: 'a book' }] },
  });
});
