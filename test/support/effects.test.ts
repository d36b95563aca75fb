import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Effects, watchEffects } from './effects.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
let effects: Effects;

beforeAll(async () => {
  effects = watchEffects();
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
  effects.stop();
});

test('what a function writes and queues is seen, and whose it is', async () => {
  const { uuid } = await stack.demo.paidOrder({ url_post: 'https://shop.example' });
  expect(await effects.takeOf('createOrder')).toContainEqual(expect.stringMatching(/\.PutItem$/));
  const changes = await effects.takeOf('directPayment');
  expect(changes).toContainEqual(expect.stringMatching(/\.TransactWriteItems$/));
  expect(changes).toContainEqual(expect.stringMatching(/\.SendMessage\w*$/));
  await stack.demo.order(uuid);
  expect(await effects.takeOf('getOrder')).toEqual([]);
});

test('a request that is refused changes nothing', async () => {
  const { uuid } = await stack.demo.paidOrder();
  await effects.takeOf('refundPayment');
  expect((await stack.demo.refund(uuid, 2000)).status).toBe(400);
  expect(await effects.takeOf('refundPayment')).toEqual([]);
});
