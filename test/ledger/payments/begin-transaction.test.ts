import { describe, expect, test } from 'vitest';
import { LedgerError } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import { dueOf, expire } from '#ledger/orders/order-due.ts';
import { applyResult } from '#ledger/payments/apply-result.ts';
import {
  beginCapture,
  beginRefund,
  beginVoid,
  refundable,
} from '#ledger/payments/begin-follow-up.ts';
import {
  beginAuthenticatedCharge,
  beginCharge,
  beginDevicePayment,
} from '#ledger/payments/begin-payment.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import { approved, CARD, NOW, NOW_MS, newOrder, REFUSED, SERVICE } from '#test/support/orders.ts';

const attempt = () => ({ uuid: mintUuid(NOW_MS), now: NOW });
const LATER = new Date(NOW_MS + 700_000).toISOString();

function finished(begun: Order, amount?: number): Order {
  const transaction = begun.transactions.at(-1);
  if (transaction === undefined) throw new Error('Nothing was begun');
  return applyResult(begun, transaction.uuid, approved(amount ?? transaction.amount), NOW);
}

const paid = () => finished(beginCharge(newOrder(), CARD, attempt()));
const held = () => finished(beginCharge(newOrder({ intent: 'hold' }), CARD, attempt()));

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
  return 'none';
}

describe('charge', () => {
  test('a sale captures at once', () => {
    expect(paid()).toMatchObject({ status: 'paid', captured: 1000, held: 0 });
  });

  test('a hold captures nothing', () => {
    expect(held()).toMatchObject({ status: 'held', captured: 0, held: 1000 });
  });

  test('a refusal consumes the order', () => {
    const begun = beginCharge(newOrder(), CARD, attempt());
    const order = applyResult(begun, begun.transactions[0]?.uuid ?? '', REFUSED, NOW);
    expect(order).toMatchObject({ status: 'refused', captured: 0 });
    expect(order.transactions[0]).toMatchObject({ status: 'refused', error: '0190' });
    expect(codeOf(() => beginCharge(order, CARD, attempt()))).toBe('order_not_payable');
  });

  test('a partial authorisation captures what was approved', () => {
    const order = finished(beginCharge(newOrder(), CARD, attempt()), 400);
    expect(order).toMatchObject({ status: 'paid', amount: 1000, captured: 400 });
    expect(refundable(order)).toBe(400);
  });

  test('an unknown answer leaves it pending', () => {
    const begun = beginCharge(newOrder(), CARD, attempt());
    const order = applyResult(begun, begun.transactions[0]?.uuid ?? '', { result: 'unknown' }, NOW);
    expect(order).toBe(begun);
    expect(dueOf(order, 1000, NOW_MS).kind).toBe('recover');
  });

  test.each([
    ['while a charge is under way', () => beginCharge(newOrder(), CARD, attempt()), 'order_busy'],
    ['when paid', paid, 'order_not_payable'],
    ['when held', held, 'order_not_payable'],
    ['when expired', () => newOrder({ expiresAt: NOW }), 'order_not_payable'],
    ['of a payout', () => newOrder({ intent: 'payout' }), 'order_intent_mismatch'],
  ] as const)('is refused %s', (_, order, code) => {
    expect(codeOf(() => beginCharge(order(), CARD, attempt()))).toBe(code);
  });
});

describe('charge after 3-D Secure', () => {
  const asked = () => newOrder({ status: 'pending_authentication' });
  const charge = (order: Order, now: string) =>
    beginAuthenticatedCharge(order, CARD, { ...attempt(), now }, PLAIN_CONDITIONS);

  test('is made while its payer has time', () => {
    expect(finished(charge(asked(), NOW))).toMatchObject({ status: 'paid', captured: 1000 });
  });

  test.each([
    ['once the order is over', asked, LATER],
    [
      'once its payer has left for 15 minutes',
      () => ({ ...asked(), expiresAt: new Date(NOW_MS + 86_400_000).toISOString() }),
      new Date(NOW_MS + 15 * 60_000).toISOString(),
    ],
    ['of an order whose payer was not asked', newOrder, NOW],
    ['of an order that is partly paid', () => ({ ...asked(), captured: 1 }), NOW],
  ])('is refused %s', (_, order, now) => {
    expect(codeOf(() => charge(order(), now))).toBe('order_not_payable');
  });
});

describe('capture and void', () => {
  test('all of a hold', () => {
    const order = finished(beginCapture(held(), SERVICE, null, attempt()));
    expect(order).toMatchObject({ status: 'paid', captured: 1000, held: 0 });
  });

  test('a part of a hold, which releases the rest', () => {
    const order = finished(beginCapture(held(), SERVICE, 300, attempt()));
    expect(order).toMatchObject({ status: 'partially_captured', captured: 300, held: 0 });
    expect(codeOf(() => beginCapture(order, SERVICE, 1, attempt()))).toBe('order_not_held');
  });

  test('a part only where the service allows it', () => {
    const service = { ...SERVICE, partialCapture: false };
    const code = codeOf(() => beginCapture(held(), service, 300, attempt()));
    expect(code).toBe('partial_capture_not_allowed');
  });

  test('never more than is held', () => {
    const code = codeOf(() => beginCapture(held(), SERVICE, 1001, attempt()));
    expect(code).toBe('capture_exceeds_held');
  });

  test('never more than was approved of a hold', () => {
    const begun = beginCharge(newOrder({ intent: 'hold' }), CARD, attempt());
    const half = finished(begun, 400);
    expect(half).toMatchObject({ status: 'held', held: 400 });
    expect(codeOf(() => beginCapture(half, SERVICE, 401, attempt()))).toBe('capture_exceeds_held');
    const captured = finished(beginCapture(half, SERVICE, null, attempt()));
    expect(captured).toMatchObject({ status: 'paid', captured: 400, held: 0 });
  });

  test('a void releases the hold for good', () => {
    const order = finished(beginVoid(held(), attempt()));
    expect(order).toMatchObject({ status: 'voided', held: 0, captured: 0 });
    expect(codeOf(() => beginVoid(order, attempt()))).toBe('order_not_held');
  });

  test('not both at a time', () => {
    const capturing = beginCapture(held(), SERVICE, null, attempt());
    expect(codeOf(() => beginVoid(capturing, attempt()))).toBe('order_busy');
  });

  test('a refused void leaves the hold', () => {
    const begun = beginVoid(held(), attempt());
    const order = applyResult(begun, begun.transactions.at(-1)?.uuid ?? '', REFUSED, NOW);
    expect(order).toMatchObject({ status: 'held', held: 1000 });
  });
});

describe('refund', () => {
  test('in parts, up to what was paid', () => {
    const half = finished(beginRefund(paid(), 600, attempt()));
    expect(half).toMatchObject({ status: 'partially_refunded', refunded: 600 });
    expect(codeOf(() => beginRefund(half, 401, attempt()))).toBe('refund_exceeds_captured');
    const all = finished(beginRefund(half, null, attempt()));
    expect(all).toMatchObject({ status: 'refunded', refunded: 1000 });
    expect(codeOf(() => beginRefund(all, 1, attempt()))).toBe('order_not_refundable');
  });

  test('counts refunds that are under way', () => {
    const underWay = beginRefund(paid(), 600, attempt());
    expect(refundable(underWay)).toBe(400);
    expect(codeOf(() => beginRefund(underWay, 401, attempt()))).toBe('refund_exceeds_captured');
    const all = beginRefund(underWay, null, attempt());
    expect(refundable(all)).toBe(0);
    expect(codeOf(() => beginRefund(all, null, attempt()))).toBe('refund_exceeds_captured');
  });

  test('not without end: an order is one item of the store', () => {
    const transactions = Array.from({ length: 200 }, () => ({ ...paid().transactions[0] }));
    const order = { ...paid(), transactions } as Order;
    expect(codeOf(() => beginRefund(order, null, attempt()))).toBe('order_full');
  });

  test('of all that is left with the last transaction of an order, and of nothing less', () => {
    const [payment] = paid().transactions;
    const transactions = Array.from({ length: 199 }, () => ({ ...payment }));
    const order = { ...paid(), transactions } as Order;
    expect(codeOf(() => beginRefund(order, 1, attempt()))).toBe('order_full');
    const returned = finished(beginRefund(order, null, attempt()));
    expect(returned).toMatchObject({ status: 'refunded', refunded: 1000 });
    expect(returned.transactions).toHaveLength(200);
  });

  test('not of a hold, nor of a payout', () => {
    expect(codeOf(() => beginRefund(held(), 1, attempt()))).toBe('order_not_refundable');
    const sent = newOrder({ intent: 'payout', status: 'paid' });
    expect(codeOf(() => beginRefund(sent, 1, attempt()))).toBe('order_not_refundable');
  });
});

const SOFT_DECLINE = {
  result: 'authentication_required',
  code: '0195',
  description: 'Authenticate',
} as const;

describe('a soft decline', () => {
  function declined(conditions = PLAIN_CONDITIONS): Order {
    const begun = beginCharge(newOrder(), CARD, attempt(), conditions);
    return applyResult(begun, begun.transactions[0]?.uuid ?? '', SOFT_DECLINE, NOW);
  }

  test('asks the payer, unless nobody is there to be asked', () => {
    expect(declined().status).toBe('authentication_required');
    expect(declined({ ...PLAIN_CONDITIONS, unattended: true }).status).toBe('refused');
  });

  test('before the payment leaves refunds to the card that has paid', () => {
    const order: Order = { ...declined(), status: 'pending_authentication' };
    const other = { ...CARD, uuid: mintUuid(NOW_MS) };
    const begun = beginAuthenticatedCharge(order, other, attempt(), PLAIN_CONDITIONS);
    const refunding = beginRefund(finished(begun), null, attempt());
    expect(refunding.transactions.map(({ card }) => card)).toEqual([
      CARD.uuid,
      other.uuid,
      other.uuid,
    ]);
  });
});

test('whoever stands at a terminal has no need to authenticate, and pays once', () => {
  const begun = beginDevicePayment(newOrder({ intent: 'hold' }), attempt());
  expect(begun.transactions).toMatchObject([{ kind: 'hold', conditions: { authenticated: true } }]);
  expect(codeOf(() => beginDevicePayment(begun, attempt()))).toBe('order_busy');
  expect(codeOf(() => beginDevicePayment(paid(), attempt()))).toBe('order_not_payable');
});

test('a card is valid since its first payment', () => {
  const validSince = (card: typeof CARD) =>
    finished(beginCharge(newOrder(), card, attempt())).cards[CARD.uuid]?.validatedAt;
  expect(validSince(CARD)).toBe(NOW);
  const before = '2025-01-01T00:00:00.000Z';
  expect(validSince({ ...CARD, validatedAt: before })).toBe(before);
});

describe('expiry', () => {
  test('closes an open order when its time has come', () => {
    expect(expire(newOrder(), LATER).status).toBe('expired');
    expect(expire(newOrder(), NOW).status).toBe('created');
  });

  test('of an authentication that was abandoned', () => {
    const order = newOrder({ status: 'pending_authentication' });
    expect(expire(order, LATER).status).toBe('authentication_expired');
  });

  test('leaves paid, held and busy orders alone', () => {
    const busy = beginCharge(newOrder(), CARD, attempt());
    for (const order of [paid(), held(), busy]) expect(expire(order, LATER)).toBe(order);
  });
});

test('a finished transaction cannot be finished again', () => {
  const order = paid();
  expect(applyResult(order, order.transactions[0]?.uuid ?? '', REFUSED, LATER)).toBe(order);
});
