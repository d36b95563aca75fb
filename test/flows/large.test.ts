import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkHash } from './check-answer.ts';
import { checkMoney } from './check-money.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

/** Every field as long as it may be, in characters that take the most room when they are written. */
const long = (length: number) => 'ñ'.repeat(length);
const longUrl = (url: string) => url + 'x'.repeat(2048 - url.length);
const customer = long(255);

const ORDER = {
  customer_ext_id: customer,
  description: long(1000),
  additional: long(4096),
  reference: long(255),
  url_ok: longUrl('https://example.com/'),
  url_ko: longUrl('https://example.com/'),
  extra_data: { text: long(32 * 1024 - 11) },
};

test('an order with the longest fields and many refunds can be worked with and repeated', async () => {
  const receiver = await startReceiver();
  const url_post = longUrl(receiver.at('/'));
  const path = new URL(url_post).pathname;
  // Redsys takes shorter references.
  const { paylands } = stack.demo.credentials.services;
  const order = await stack.demo.createOrder({ ...ORDER, service: paylands, url_post });
  const card = await stack.demo.saveCard({
    customer_ext_id: customer,
    card_holder: long(255),
    additional: long(1000),
  });
  await stack.demo.charge(order.uuid, card.uuid, { key: 'charge' });
  const answers: Answer[] = [];
  for (let refund = 0; refund < 12; refund += 1) {
    answers.push(await stack.demo.refund(order.uuid, 1, { key: `refund-${refund}` }));
  }
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const last = answers.at(-1);
  const repeated = await stack.demo.refund(order.uuid, 1, { key: 'refund-11' });
  expect(repeated.headers).toMatchObject({ 'idempotent-replayed': 'true' });
  expect(repeated.text === last?.text).toBe(true);
  checkHash(repeated.text, stack.demo.credentials.signature);
  expect(await checkMoney(stack.demo, order.uuid)).toMatchObject({ refunded: 12 });
  await eventually(() => expect(receiver.received(path)).toHaveLength(13));
  await receiver.close();
});
