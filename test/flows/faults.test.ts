import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import recoverPayments from '#functions/schedules/recover-payments.ts';
import { eventually } from '#test/support/eventually.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';
import { invoke } from '#test/support/invoke.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkMoney, successes } from './check-money.ts';

let dynamo: FaultyDynamo;
let stack: Stack;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  // Recovery may look at once after what a fault left behind.
  const settings = { RECOVER_AFTER_SECONDS: '0.1' };
  stack = await startStack({ settings, dynamodbEndpoint: dynamo.endpoint });
});
afterAll(async () => {
  await stack.stop();
  await dynamo.stop();
});
beforeEach(() => dynamo.calm());

async function payable() {
  const order = await stack.demo.createOrder();
  const card = await stack.demo.saveCard();
  return { order: order.uuid, card: card.uuid };
}

/** Fails every second transaction, the first one included. */
function everySecond(fault: 'conflict' | 'answer_lost'): void {
  let count = 0;
  dynamo.onTransaction(() => {
    count += 1;
    return count % 2 === 1 ? fault : 'none';
  });
}

test('conflicts are tried again: a payment and its refund succeed', async () => {
  everySecond('conflict');
  const order = await stack.demo.paidOrder();
  expect((await stack.demo.refund(order.uuid, 400, { key: 'refund' })).status).toBe(200);
  const after = await checkMoney(stack.demo, order.uuid);
  expect(after).toMatchObject({ status: 'PARTIALLY_REFUNDED', captured: 1000, refunded: 400 });
  expect(after.transactions).toHaveLength(2);
});

test('conflicts after the acquirer has answered are tried again for longer', async () => {
  const { order, card } = await payable();
  let conflicts = 0;
  dynamo.onTransaction((body) => {
    if (!body.includes('#TRANSACTIONS') || conflicts === 30) return 'none';
    conflicts += 1;
    return 'conflict';
  });
  const answer = await stack.demo.charge(order, card, { key: 'phases' });
  expect(answer).toMatchObject({ status: 200, body: { order: { status: 'SUCCESS' } } });
  expect(successes(await checkMoney(stack.demo, order), 'AUTHORIZATION')).toHaveLength(1);
});

test.each([
  { name: 'charge', money: { status: 'CREATED', captured: 0, refunded: 0 } },
  { name: 'refund', money: { status: 'SUCCESS', captured: 1000, refunded: 0 } },
])('a $name that always conflicts answers 409 and moves nothing', async ({ name, money }) => {
  const { order, card } = await payable();
  const send = () =>
    name === 'charge' ? stack.demo.charge(order, card) : stack.demo.refund(order, 400);
  if (name === 'refund') await stack.demo.charge(order, card);
  dynamo.onTransaction(() => 'conflict');
  const answer = await send();
  expect(answer).toMatchObject({ status: 409, body: { details: 'Conflict with another request' } });
  dynamo.calm();
  expect(await checkMoney(stack.demo, order)).toMatchObject(money);
  expect((await send()).status).toBe(200);
});

test('lost answers of the database lose no money and move none twice', async () => {
  const { order, card } = await payable();
  everySecond('answer_lost');
  await stack.demo.charge(order, card, { key: 'lost' });
  dynamo.calm();
  await eventually(async () => {
    await invoke(recoverPayments);
    expect((await stack.demo.order(order)).status).toBe('SUCCESS');
  });
  const again = await stack.demo.charge(order, card, { key: 'lost' });
  expect(again).toMatchObject({ status: 200, body: { order: { status: 'SUCCESS' } } });
  expect(successes(await checkMoney(stack.demo, order), 'AUTHORIZATION')).toHaveLength(1);
});
