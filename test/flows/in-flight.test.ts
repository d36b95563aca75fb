import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkMoney, successes } from './check-money.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ settings: { SANDBOX_LATENCY_MS: '2000' } });
});
afterAll(() => stack.stop());

/** Waits until the newest transaction of an order is with the acquirer. */
async function underWay(order: string): Promise<void> {
  await eventually(async () => {
    expect((await stack.demo.order(order)).transactions.at(-1)?.status).toBe('PENDING');
  });
}

async function payable(fields: object = {}) {
  const order = await stack.demo.createOrder(fields);
  const card = await stack.demo.saveCard();
  return { order: order.uuid, card: card.uuid };
}

function expectBusy({ status, body, headers }: Answer, details: RegExp): void {
  expect(status).toBe(409);
  expect(body.details).toMatch(details);
  expect(headers).not.toHaveProperty('idempotent-replayed');
}

test.concurrent('a key that is in use answers 409 with Retry-After, then replays', async () => {
  const { order, card } = await payable();
  const first = stack.demo.charge(order, card, { key: 'first' });
  await underWay(order);
  const second = await stack.demo.charge(order, card, { key: 'first' });
  expectBusy(second, /in progress/);
  expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
  const other = await stack.demo.charge(order, order, { key: 'first' });
  expect(other.status, 'another payload').toBe(422);
  const { text } = await first;
  const third = await stack.demo.charge(order, card, { key: 'first' });
  expect(third.text).toBe(text);
  expect(third.headers).toMatchObject({ 'idempotent-replayed': 'true' });
});

test.concurrent('an order that is being charged is busy, whatever the key', async () => {
  const { order, card } = await payable();
  const first = stack.demo.charge(order, card, { key: 'busy-1' });
  await underWay(order);
  expectBusy(await stack.demo.charge(order, card), /pending transaction/);
  expectBusy(await stack.demo.charge(order, card, { key: 'busy-2' }), /pending transaction/);
  await first;
  const later = await stack.demo.charge(order, card, { key: 'busy-2' });
  expect(later.status, 'that it was busy was not kept').toBe(404);
  expect(successes(await checkMoney(stack.demo, order), 'AUTHORIZATION')).toHaveLength(1);
});

test.concurrent.each([
  { first: 'confirmation', second: 'cancellation', status: 'SUCCESS' },
  { first: 'cancellation', second: 'confirmation', status: 'CANCELLED' },
])('a $second has to wait for a $first', async ({ first, second, status }) => {
  const { order, card } = await payable({ operative: 'DEFERRED' });
  await stack.demo.charge(order, card);
  const answer = stack.demo.post(`/payment/${first}`, { order_uuid: order });
  await underWay(order);
  const busy = await stack.demo.post(`/payment/${second}`, { order_uuid: order });
  expectBusy(busy, /pending transaction/);
  await answer;
  const later = await stack.demo.post(`/payment/${second}`, { order_uuid: order });
  expect(later.status).toBe(400);
  expect(await checkMoney(stack.demo, order)).toMatchObject({ status });
});

test.concurrent('a reference is taken while its order is being charged', async () => {
  const { order, card } = await payable({ reference: 'taken' });
  const other = await payable({ reference: 'taken' });
  const first = stack.demo.charge(order, card);
  await underWay(order);
  expectBusy(await stack.demo.charge(other.order, other.card), /Reference already paid/);
  await first;
});

test.concurrent('a part that is being refunded cannot be refunded again', async () => {
  const { order, card } = await payable();
  await stack.demo.charge(order, card);
  const first = stack.demo.refund(order, 600);
  await underWay(order);
  expect((await stack.demo.refund(order, 401)).status).toBe(400);
  const rest = await stack.demo.refund(order);
  expect(rest.body.order.transactions.at(-1)?.amount).toBe(400);
  await first;
  expect(await checkMoney(stack.demo, order)).toMatchObject({ status: 'REFUNDED' });
});
