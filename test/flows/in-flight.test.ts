import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as sandbox from '#acquirers/sandbox/sandbox-acquirer.ts';
import type { Answer } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { holding, holdNext } from '#test/support/held-acquirer.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkMoney, successes } from './check-money.ts';

let stack: Stack;

beforeAll(async () => {
  const make = sandbox.sandboxAcquirer;
  vi.spyOn(sandbox, 'sandboxAcquirer').mockImplementation((options) => holding(make(options)));
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
  vi.restoreAllMocks();
});

/** Sends what stays with the acquirer until it is let go; the result is how, and its answer. */
async function underWay(order: string, send: () => Promise<Answer>) {
  const letGo = holdNext();
  const answer = send();
  await eventually(async () => {
    expect((await stack.demo.order(order)).transactions.at(-1)?.status).toBe('PENDING');
  });
  return {
    finish() {
      letGo();
      return answer;
    },
  };
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

test('a key that is in use answers 409 with Retry-After, then replays', async () => {
  const { order, card } = await payable();
  const first = await underWay(order, () => stack.demo.charge(order, card, { key: 'first' }));
  const second = await stack.demo.charge(order, card, { key: 'first' });
  expectBusy(second, /in progress/);
  expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
  const other = await stack.demo.charge(order, order, { key: 'first' });
  expect(other.status, 'another payload').toBe(422);
  const { text } = await first.finish();
  const third = await stack.demo.charge(order, card, { key: 'first' });
  expect(third.text).toBe(text);
  expect(third.headers).toMatchObject({ 'idempotent-replayed': 'true' });
});

test('an order that is being charged is busy, whatever the key', async () => {
  const { order, card } = await payable();
  const first = await underWay(order, () => stack.demo.charge(order, card, { key: 'busy-1' }));
  expectBusy(await stack.demo.charge(order, card), /pending transaction/);
  expectBusy(await stack.demo.charge(order, card, { key: 'busy-2' }), /pending transaction/);
  await first.finish();
  const later = await stack.demo.charge(order, card, { key: 'busy-2' });
  expect(later.status, 'that it was busy was not kept').toBe(404);
  expect(successes(await checkMoney(stack.demo, order), 'AUTHORIZATION')).toHaveLength(1);
});

test.each([
  { first: 'confirmation', second: 'cancellation', status: 'SUCCESS' },
  { first: 'cancellation', second: 'confirmation', status: 'CANCELLED' },
])('a $second has to wait for a $first', async ({ first, second, status }) => {
  const { order, card } = await payable({ operative: 'DEFERRED' });
  await stack.demo.charge(order, card);
  const send = (path: string) => stack.demo.post(`/payment/${path}`, { order_uuid: order });
  const begun = await underWay(order, () => send(first));
  expectBusy(await send(second), /pending transaction/);
  await begun.finish();
  expect((await send(second)).status).toBe(400);
  expect(await checkMoney(stack.demo, order)).toMatchObject({ status });
});

test.each([
  ['moto', {}, ({ card }: { card: string }) => ({ method: 'MAIL', source_uuid: card })],
  ['wallet', {}, () => ({ wallet: 'APPLEPAY', payload: { sandbox: 'OK' } })],
  ['payout', { operative: 'PAYOUT' }, () => ({})],
])('an order is paid once by %s', async (path, fields, choiceOf) => {
  await stack.demo.paidOrder();
  const { order, card } = await payable(fields);
  const send = () =>
    stack.demo.post(`/payment/${path}`, { order_uuid: order, ...choiceOf({ card }) });
  const first = await underWay(order, send);
  expectBusy(await send(), /pending transaction/);
  expect((await first.finish()).status).toBe(200);
});

test('a reference is taken while its order is being charged', async () => {
  const { order, card } = await payable({ reference: 'taken' });
  const other = await payable({ reference: 'taken' });
  const first = await underWay(order, () => stack.demo.charge(order, card));
  expectBusy(await stack.demo.charge(other.order, other.card), /Reference already paid/);
  await first.finish();
});

test('a part that is being refunded cannot be refunded again', async () => {
  const { order, card } = await payable();
  await stack.demo.charge(order, card);
  const first = await underWay(order, () => stack.demo.refund(order, 600));
  expect((await stack.demo.refund(order, 401)).status).toBe(400);
  const rest = await stack.demo.refund(order);
  expect(rest.body.order.transactions.at(-1)?.amount).toBe(400);
  await first.finish();
  expect(await checkMoney(stack.demo, order)).toMatchObject({ status: 'REFUNDED' });
});
