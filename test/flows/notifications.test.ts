import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '#infra/local/free-port.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import { expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { deliver } from '#test/support/invoke.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkHash } from './check-answer.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  const settings = { NOTIFICATION_RETRY_SECONDS: '1,2', RECOVER_AFTER_SECONDS: '3' };
  stack = await startStack({ settings, scheduleSeconds: 0.3, remembers: true });
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

function statuses(path: string): string[] {
  return receiver.received(path).map(({ order }) => order.status);
}

async function notificationsOf(order: string): Promise<Notification[]> {
  return (await stack.runtime.store.history(stack.demoTenant, order)).notifications;
}

/** Waits until nothing of an order is left to deliver. */
async function settled(order: string): Promise<Notification[]> {
  let found: Notification[] = [];
  await eventually(async () => {
    found = await notificationsOf(order);
    expect(found.map(({ state }) => state)).not.toContain('due');
  });
  return found;
}

describe('every change of state is told once:', () => {
  const order = (path: string, fields: object = {}) =>
    stack.demo.paidOrder({ url_post: receiver.at(path), ...fields });

  test.concurrent('a payment and its refunds', async () => {
    const { uuid } = await order('/sale');
    await eventually(() => expect(statuses('/sale')).toEqual(['SUCCESS']));
    await stack.demo.refund(uuid, 300);
    await eventually(() => expect(statuses('/sale')).toEqual(['SUCCESS', 'PARTIALLY_REFUNDED']));
    await stack.demo.refund(uuid);
    await eventually(() => expect(statuses('/sale').at(-1)).toBe('REFUNDED'));
    expect(await settled(uuid)).toHaveLength(3);
    expect(receiver.received('/sale')).toHaveLength(3);
  });

  test.concurrent.each([
    { path: 'confirmation', status: 'SUCCESS' },
    { path: 'cancellation', status: 'CANCELLED' },
  ])('a hold and its $path', async ({ path, status }) => {
    const { uuid } = await order(`/${path}`, { operative: 'DEFERRED' });
    await eventually(() => expect(statuses(`/${path}`)).toEqual(['PENDING_CONFIRMATION']));
    await stack.demo.post(`/payment/${path}`, { order_uuid: uuid });
    await eventually(() => expect(statuses(`/${path}`)).toEqual(['PENDING_CONFIRMATION', status]));
  });

  test.concurrent('a refusal', async () => {
    const { uuid } = await stack.demo.createOrder({ url_post: receiver.at('/refused') });
    const card = await stack.demo.saveCard({ card_pan: '4111111111111111' });
    await stack.demo.charge(uuid, card.uuid);
    await eventually(() => expect(statuses('/refused')).toEqual(['REFUSED']));
  });

  test.concurrent('nobody is told of a new order, or without a URL', async () => {
    const created = await stack.demo.createOrder({ url_post: receiver.at('/created') });
    const paid = await stack.demo.paidOrder({ url_post: '' });
    expect(await notificationsOf(created.uuid)).toEqual([]);
    expect(await notificationsOf(paid.uuid)).toEqual([]);
    expect(receiver.received('/created')).toEqual([]);
  });
});

test.concurrent('a notification is the envelope of the order, without its token', async () => {
  const { uuid } = await stack.demo.paidOrder({
    url_post: receiver.at('/envelope'),
    additional: 'Ñ/ñ "😀"',
    extra_data: { profile: { email: 'jane@example.com' } },
  });
  await eventually(() => expect(receiver.received('/envelope')).toHaveLength(1));
  const [{ headers, text } = { headers: {}, text: '' }] = receiver.received('/envelope');
  const read = await stack.demo.get(`/order/${uuid}`);
  const body = JSON.parse(text);
  expect(headers).toMatchObject({ 'content-type': 'application/json' });
  expect(Object.keys(body)).toEqual(Object.keys(read.body));
  const order = { ...expected(read).order, token: null };
  expect(body).toMatchObject({ message: 'OK', code: 200, order, extra_data: { profile: {} } });
  expect(Object.keys(body.order)).toEqual(Object.keys(order));
  checkHash(text, stack.demo.credentials.signature);
  expect(text).toContain(String.raw`\u00d1\/\u00f1 \"\ud83d\ude00\"`);
  for (const header of ['authorization', 'signature']) expect(headers).not.toHaveProperty(header);
});

describe('a receiver that fails', () => {
  test.concurrent('is asked again, later every time, until it takes it', async () => {
    receiver.answer('/flaky', 500, 404);
    const { uuid } = await stack.demo.paidOrder({ url_post: receiver.at('/flaky') });
    const [notification] = await settled(uuid);
    const attempts = notification?.attempts ?? [];
    expect(notification?.state).toBe('delivered');
    expect(attempts.map(({ status }) => status)).toEqual([500, 404, 200]);
    const [first = 0, second = 0, third = 0] = attempts.map(({ at }) => Date.parse(at));
    expect(second - first).toBeGreaterThanOrEqual(1000);
    expect(third - second).toBeGreaterThanOrEqual(2000);
    for (const { durationMs } of attempts) expect(durationMs).toBeGreaterThanOrEqual(0);
    const texts = receiver.received('/flaky').map(({ text }) => JSON.parse(text).validation_hash);
    expect(new Set(texts).size).toBe(1);
  });

  test.concurrent('is given up after the last attempt, and that can be seen', async () => {
    receiver.answer('/down', 500, 503, 400, 500, 500);
    const { uuid } = await stack.demo.paidOrder({ url_post: receiver.at('/down') });
    const [notification] = await settled(uuid);
    expect(notification).toMatchObject({
      state: 'given_up',
      dueAt: null,
      attempts: [
        { status: 500, error: null },
        { status: 503, error: null },
        { status: 400, error: null },
      ],
    });
    expect(receiver.received('/down')).toHaveLength(3);
  });

  test.concurrent('by redirecting is not followed', async () => {
    receiver.answer('/moved', 302);
    const { uuid } = await stack.demo.paidOrder({ url_post: receiver.at('/moved') });
    const [notification] = await settled(uuid);
    expect(notification?.attempts.map(({ status }) => status)).toEqual([302, 200]);
    expect(receiver.received('/redirected')).toEqual([]);
  });

  test.concurrent('by not being there is given up', async () => {
    const url_post = `http://127.0.0.1:${await freePort()}/`;
    const { uuid } = await stack.demo.paidOrder({ url_post });
    const [notification] = await settled(uuid);
    expect(notification?.state).toBe('given_up');
    for (const attempt of notification?.attempts ?? []) {
      expect(attempt).toMatchObject({ status: null, error: 'connection_refused' });
    }
  });
});

test.concurrent('what never reached the queue is found by the schedule', async () => {
  const order = await stack.demo.createOrder({ url_post: receiver.at('/lost') });
  const card = await stack.demo.saveCard();
  const { send } = SQSClient.prototype;
  let isLost = false;
  const spy = vi.spyOn(SQSClient.prototype, 'send').mockImplementation(function (
    this: SQSClient,
    ...call: unknown[]
  ) {
    const isHit = !isLost && JSON.stringify(call[0]).includes(order.uuid);
    if (!isHit) return Reflect.apply(send, this, call);
    isLost = true;
    return Promise.reject(new Error('The queue does not answer'));
  });
  expect((await stack.demo.charge(order.uuid, card.uuid)).status).toBe(200);
  expect(isLost).toBe(true);
  spy.mockRestore();
  await eventually(() => expect(statuses('/lost')).toEqual(['SUCCESS']));
});

describe('messages', () => {
  const messageOf = (order: string, id: string, attempt: number) =>
    JSON.stringify({ ...stack.demoTenant, order, id, attempt });

  test.concurrent('that come again deliver nothing again', async () => {
    const { uuid } = await stack.demo.paidOrder({ url_post: receiver.at('/again') });
    const [notification] = await settled(uuid);
    const message = (attempt: number) => messageOf(uuid, notification?.id ?? '', attempt);
    expect(await deliver(message(0), message(0), message(1), message(9))).toEqual([]);
    expect(receiver.received('/again')).toHaveLength(1);
    expect(await settled(uuid)).toEqual([notification]);
  });

  test.concurrent('that are stale do not spend an attempt', async () => {
    receiver.answer('/stale', 500);
    const { uuid } = await stack.demo.paidOrder({ url_post: receiver.at('/stale') });
    let notification: Notification | undefined;
    await eventually(async () => {
      [notification] = await notificationsOf(uuid);
      expect(notification?.attempts).not.toEqual([]);
    });
    expect(await deliver(messageOf(uuid, notification?.id ?? '', 0))).toEqual([]);
    const [after] = await settled(uuid);
    expect(after?.attempts.map(({ status }) => status)).toEqual([500, 200]);
  });

  test.concurrent('of nothing are dropped, malformed ones alone fail', async () => {
    const unknown = messageOf('UNKNOWN', 'ffffffffffffffffffffffff', 0);
    const wrong = JSON.stringify({ ...stack.demoTenant, order: 1 });
    expect(await deliver(unknown, 'nonsense', unknown, wrong, '', 'null')).toEqual([1, 3, 4, 5]);
    expect(await deliver()).toEqual([]);
    expect(await deliver(unknown)).toEqual([]);
  });
});

test.concurrent.each([
  { pan: '4548812049400004', status: 200, isValid: true },
  { pan: '4111111111111111', status: 400, isValid: false },
])('the validation of $pan is told, whatever came of it', async ({ pan, status, isValid }) => {
  const path = `/card-${isValid}`;
  const fields = {
    customer_ext_id: `told-${isValid}`,
    card_holder: 'Jane Doe',
    card_pan: pan,
    card_expiry_month: '12',
    card_expiry_year: '34',
    url_post: receiver.at(path),
  };
  const { services } = stack.demo.credentials;
  const validated = { ...fields, validate: true, service: services.redsys };
  const answer = await stack.demo.post('/payment-method/card', validated);
  expect(answer.status).toBe(status);
  const listed = await stack.demo.get(`/customer/told-${isValid}/cards?status=ALL`);
  const [card] = expected(listed).cards;
  if (!isValid) expect(answer.body.details).toContain(card?.uuid);
  await eventually(() => expect(receiver.received(path)).toHaveLength(1));
  const [{ text } = { text: '' }] = receiver.received(path);
  expect(text).not.toContain(pan);
  expect(JSON.parse(text)).toMatchObject({
    message: 'OK',
    code: 200,
    Customer: { external_id: `told-${isValid}` },
    Source: { uuid: card?.uuid, validation_date: isValid ? expect.any(String) : null },
  });
  expected(await stack.demo.post('/payment-method/card', fields));
  expect(receiver.received(path)).toHaveLength(1);
});
