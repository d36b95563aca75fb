import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '#test/support/client.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkMoney, successes } from './check-money.ts';

let stack: Stack;

beforeAll(async () => {
  // Long enough for others to come in between intent and outcome.
  stack = await startStack({ settings: { SANDBOX_LATENCY_MS: '20' }, remembers: true });
});
afterAll(() => stack.stop());

function times<T>(count: number, action: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => action(index)));
}

function countOf(answers: readonly Answer[], ...statuses: number[]): number {
  return answers.filter(({ status }) => statuses.includes(status)).length;
}

async function payable(fields: object = {}) {
  const order = await stack.demo.createOrder(fields);
  const card = await stack.demo.saveCard();
  return { order: order.uuid, card: card.uuid };
}

describe('charges', () => {
  test('50 at once with one key charge once, and all answers agree', async () => {
    const { order, card } = await payable();
    const answers = await times(50, () => stack.demo.charge(order, card, { key: 'fifty' }));
    expect(countOf(answers, 200, 409)).toBe(50);
    const charged = answers.filter(({ status }) => status === 200);
    expect(charged.length).toBeGreaterThan(0);
    expect(new Set(charged.map(({ text }) => text)).size).toBe(1);
    expect(
      charged.filter(({ headers }) => headers['idempotent-replayed'] === undefined),
    ).toHaveLength(1);
    for (const { status, headers } of answers) {
      if (status === 409) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    const after = await checkMoney(stack.demo, order);
    expect(after).toMatchObject({ status: 'SUCCESS', captured: 1000 });
    expect(after.transactions).toHaveLength(1);
    const later = await stack.demo.charge(order, card, { key: 'fifty' });
    expect(later.text).toBe(charged[0]?.text);
  });

  test('20 at once of one order without a key charge once', async () => {
    const { order, card } = await payable();
    const answers = await times(20, () => stack.demo.charge(order, card));
    expect(countOf(answers, 200)).toBe(1);
    expect(countOf(answers, 404, 409)).toBe(19);
    const after = await checkMoney(stack.demo, order);
    expect(successes(after, 'AUTHORIZATION')).toHaveLength(1);
    expect(after).toMatchObject({ status: 'SUCCESS', captured: 1000 });
  });

  test('10 at once of orders with one reference charge one order', async () => {
    const orders = await times(10, () => payable({ reference: 'invoice-1' }));
    const answers = await Promise.all(orders.map((one) => stack.demo.charge(one.order, one.card)));
    expect(countOf(answers, 200)).toBe(1);
    expect(countOf(answers, 409)).toBe(9);
    const after = await Promise.all(orders.map((one) => checkMoney(stack.demo, one.order)));
    expect(after.filter(({ paid }) => paid)).toHaveLength(1);
  });

  test('20 at once with one card leave one entry per payment', async () => {
    const card = await stack.demo.saveCard({ customer_ext_id: 'one-card' });
    const orders = await times(20, () => stack.demo.createOrder({ customer_ext_id: 'one-card' }));
    const answers = await Promise.all(orders.map(({ uuid }) => stack.demo.charge(uuid, card.uuid)));
    expect(countOf(answers, 200)).toBe(20);
    const { body } = await stack.demo.get('/customer/one-card/cards');
    expect(body.cards).toHaveLength(20);
  });
});

describe('refunds', () => {
  test('20 at once that together exceed the payment return no more than was paid', async () => {
    const { uuid } = await stack.demo.paidOrder();
    const answers = await times(20, () => stack.demo.refund(uuid, 90));
    expect(countOf(answers, 200, 400, 409)).toBe(20);
    const after = await checkMoney(stack.demo, uuid);
    expect(after.refunded).toBe(90 * countOf(answers, 200));
    expect(countOf(answers, 200)).toBeLessThanOrEqual(11);
    expect(countOf(answers, 200)).toBeGreaterThan(0);
  });

  test('10 full ones at once return the payment once', async () => {
    const { uuid } = await stack.demo.paidOrder();
    const answers = await times(10, () => stack.demo.refund(uuid));
    expect(countOf(answers, 200)).toBe(1);
    expect(await checkMoney(stack.demo, uuid)).toMatchObject({
      status: 'REFUNDED',
      refunded: 1000,
    });
  });
});

describe('a hold', () => {
  const held = async () => (await stack.demo.paidOrder({ operative: 'DEFERRED' })).uuid;

  test.each([
    { first: 'confirmation', second: 'confirmation' },
    { first: 'cancellation', second: 'cancellation' },
    { first: 'confirmation', second: 'cancellation' },
  ])('that meets a $first and a $second at once has one effect', async ({ first, second }) => {
    const order_uuid = await held();
    const answers = await Promise.all(
      [first, second].map((path) => stack.demo.post(`/payment/${path}`, { order_uuid })),
    );
    expect(countOf(answers, 200)).toBe(1);
    expect(countOf(answers, 400, 409)).toBe(1);
    const after = await checkMoney(stack.demo, order_uuid);
    expect(successes(after, 'CONFIRMATION', 'CANCELLATION')).toHaveLength(1);
    expect(after.status).toMatch(/^(SUCCESS|CANCELLED)$/);
  });
});

test('one order and customer, created 20 times at once with one key, is one order', async () => {
  const fields = {
    amount: 1,
    operative: 'AUTHORIZATION',
    description: 'Test',
    customer_ext_id: 'new-customer',
  };
  const answers = await times(20, () => stack.demo.post('/payment', fields, { key: 'create' }));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});
