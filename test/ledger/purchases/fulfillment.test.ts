import { expect, test } from 'vitest';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Fulfillment } from '#ledger/purchases/fulfillment.ts';
import { fulfill, fulfillmentStatusOf, remaining } from '#ledger/purchases/fulfillment-rules.ts';
import { DIRECT_CHANNEL, type PurchaseItem } from '#ledger/purchases/purchase.ts';
import { NOW, newOrder } from '#test/support/orders.ts';

function item(price: string, quantity: number): PurchaseItem {
  return {
    name: price,
    quantity,
    product: { id: 'product', name: 'Product', details: {} },
    price: { id: price, name: price, isRecurring: false, amount: 100, details: {} },
  };
}

/** The same price in two lines, and another one. */
function order(): Order {
  const summary = { subtotal: 400, discount: 0, tax: null, shipping: null };
  const items = [item('tee', 2), item('tee', 1), item('tea', 1)];
  const purchase = {
    contact: null,
    channel: DIRECT_CHANNEL,
    items,
    summary,
    taxes: [],
    coupon: null,
  };
  return newOrder({ purchase: { ...purchase, subscription: null, createdBy: null } });
}

function sent(items: Fulfillment['items'], url: string | null = null): Fulfillment {
  const trackings = [{ number: null, carrier: null, url }];
  return { id: '6'.repeat(24), trackings, items, notified: false, createdAt: NOW };
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
  return 'none';
}

test('nothing is sent of an order to begin with', () => {
  expect(fulfillmentStatusOf(order())).toBe('unfulfilled');
  expect(fulfillmentStatusOf(newOrder())).toBe('unfulfilled');
  expect(Object.fromEntries(remaining(order()))).toEqual({ tee: 3, tea: 1 });
});

test('an order is fulfilled when nothing is left of any price', () => {
  const partly = fulfill(order(), sent([{ price: 'tee', quantity: 3 }]));
  expect(fulfillmentStatusOf(partly)).toBe('partially_fulfilled');
  const all = fulfill(partly, sent([{ price: 'tea', quantity: 1 }]));
  expect(fulfillmentStatusOf(all)).toBe('fulfilled');
});

test('a price that comes twice counts twice', () => {
  const items = [
    { price: 'tee', quantity: 2 },
    { price: 'tee', quantity: 2 },
  ];
  expect(codeOf(() => fulfill(order(), sent(items)))).toBe('fulfillment_exceeds_order');
});

test('what is not in the order cannot be sent', () => {
  const items = [{ price: 'coat', quantity: 1 }];
  expect(codeOf(() => fulfill(order(), sent(items)))).toBe('price_not_in_order');
  expect(codeOf(() => fulfill(newOrder(), sent(items)))).toBe('price_not_in_order');
});

test('an order takes no more than its item can hold', () => {
  const huge = sent([{ price: 'tee', quantity: 1 }], 'x'.repeat(150 * 1024));
  expect(codeOf(() => fulfill(order(), huge))).toBe('order_full');
});
