import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import dispatchNotifications from '#functions/schedules/dispatch-notifications.ts';
import recoverPayments from '#functions/schedules/recover-payments.ts';
import { snapshotOf } from '#ledger/cards/card.ts';
import { mintObjectId, mintUuid } from '#ledger/core/ids.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import { beginCharge } from '#ledger/payments/begin-payment.ts';
import { eventually } from '#test/support/eventually.ts';
import { invoke } from '#test/support/invoke.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkMoney } from './check-money.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  stack = await startStack();
  receiver = await startReceiver();
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

/** An order as a process leaves it that dies while its acquirer is asked. */
async function interrupted(): Promise<string> {
  const { uuid } = await stack.demo.createOrder();
  const { uuid: cardUuid } = await stack.demo.saveCard();
  const { store } = stack.runtime;
  const { order, card } = await store.read(stack.demoTenant, { order: uuid, card: cardUuid });
  if (order === null || card === null) throw new Error('There is no order');
  const now = new Date().toISOString();
  const attempt = { uuid: mintUuid(Date.now()), now };
  const begun = { ...beginCharge(order, snapshotOf(card), attempt), version: order.version + 1 };
  const afterMs = stack.runtime.settings.RECOVER_AFTER_SECONDS * 1000;
  const due = { kind: 'recover', at: new Date(Date.now() + afterMs).toISOString() } as const;
  await store.commit(stack.demoTenant, [{ change: 'order', order: begun, due, testClock: false }]);
  return uuid;
}

test('a payment under way is left alone, and finished at once after a restart', async () => {
  const order = await interrupted();
  await invoke(recoverPayments);
  expect((await stack.demo.order(order)).status).toBe('PENDING_PROCESSOR_RESPONSE');
  await invoke(recoverPayments, { isRestart: true });
  expect((await checkMoney(stack.demo, order)).status).toBe('SUCCESS');
});

/** A notification as a process leaves it that dies before it is queued. */
async function dueNotification(path: string, more: Partial<Notification> = {}): Promise<string> {
  const { uuid } = await stack.demo.createOrder({ url_post: receiver.at(path) });
  const { store } = stack.runtime;
  const { order } = await store.read(stack.demoTenant, { order: uuid });
  if (order === null) throw new Error('There is no order');
  const now = new Date().toISOString();
  const notification: Notification = {
    id: mintObjectId(Date.now()),
    version: 1,
    url: receiver.at(path),
    order,
    state: 'due',
    createdAt: now,
    dueAt: now,
    attempts: [],
    ...more,
  };
  const change = { change: 'notification', orderUuid: uuid, notification } as const;
  await store.commit(stack.demoTenant, [change]);
  return notification.id;
}

test('a notification that may be in the queue is left alone, and queued at once after a restart', async () => {
  await dueNotification('/restart');
  await invoke(dispatchNotifications);
  await sleep(500);
  expect(receiver.received('/restart')).toHaveLength(0);
  await invoke(dispatchNotifications, { isRestart: true });
  await eventually(async () => expect(receiver.received('/restart')).toHaveLength(1));
});

test('a notification that its queue did not take is queued by the next run', async () => {
  await dueNotification('/refused');
  const { runtime } = stack;
  const { publish } = runtime;
  runtime.publish = () => Promise.reject(new Error('SQS refused a message'));
  // Outside of the local server, which gives each function a runtime of its own.
  const run = dispatchNotifications.handler({ isRestart: true } as never, {
    awsRequestId: 'test',
    getRemainingTimeInMillis: () => 60_000,
  });
  await expect(run).rejects.toThrow('failed');
  runtime.publish = publish;
  await invoke(dispatchNotifications, { isRestart: true });
  await eventually(async () => expect(receiver.received('/refused')).toHaveLength(1));
});

test('a notification that waits in its queue is not queued again until much later', async () => {
  const notBefore = new Date(Date.now() + 600_000).toISOString();
  const id = await dueNotification('/waits', { onDemand: { twice: false, notBefore } });
  await invoke(dispatchNotifications, { isRestart: true });
  const afterMs = stack.runtime.settings.RECOVER_AFTER_SECONDS * 1000;
  const isDueIn = async (ms: number) => {
    const due = await Array.fromAsync(stack.runtime.store.due('notify', 'shared', Date.now() + ms));
    return due.some(({ notification }) => notification === id);
  };
  expect(await isDueIn(9 * afterMs)).toBe(false);
  expect(await isDueIn(11 * afterMs)).toBe(true);
});
