import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDelivery, post } from '#faces/paylands/deliver.ts';
import deliverSlowNotification from '#functions/jobs/deliver-slow-notification.ts';
import { freePort } from '#infra/local/free-port.ts';
import { mintObjectId } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { type Notification, refOf } from '#ledger/outbox/notification.ts';
import { originOf, slowed } from '#ledger/outbox/receiver.ts';
import { dispatch } from '#operation/execution/dispatch.ts';
import { runOn } from '#operation/runtime/runtime.ts';
import { FaultyAcquirer } from '#test/support/faulty-acquirer.ts';
import { startLedger, type TestLedger } from '#test/support/ledger.ts';
import { newOrder } from '#test/support/orders.ts';

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await startLedger(new FaultyAcquirer());
});
afterAll(() => ledger.stop());

const AT = '2026-05-01T00:00:00.000Z';
const order = newOrder();

/** A notification of which so many attempts have failed. */
function failed(times: number): Notification {
  return {
    id: mintObjectId(Date.parse(AT)),
    version: 1,
    url: 'https://shop.example/notify',
    order,
    state: 'due',
    createdAt: AT,
    dueAt: AT,
    attempts: Array(times).fill({ at: AT, status: 500, durationMs: 1, error: null }),
  };
}

test('a message that comes again after its attempt is not another attempt', async () => {
  const merchant = await ledger.newMerchant();
  const notification = failed(1);
  const change = { change: 'notification', orderUuid: order.uuid, notification } as const;
  await ledger.runtime.store.commit(merchant, [change]);
  const ref = refOf(merchant, order.uuid, notification);
  expect(await openDelivery(ledger.runtime, { ...ref, attempt: 0 })).toBeNull();
  expect(await openDelivery(ledger.runtime, ref)).toMatchObject({ notification });
});

describe('a notification that a schedule has claimed', () => {
  const nowMs = Date.parse(AT) + 1000;
  const window = { dueMs: nowMs, untilMs: nowMs + 60_000 };

  async function claimed(): Promise<{ merchant: Merchant; notification: Notification }> {
    const merchant = await ledger.newMerchant();
    const notification = failed(0);
    const change = { change: 'notification', orderUuid: order.uuid, notification } as const;
    await ledger.runtime.store.commit(merchant, [change]);
    expect(await claim(merchant, notification)).toMatchObject({ id: notification.id });
    expect(await claim(merchant, notification), 'by another run').toBeNull();
    return { merchant, notification };
  }

  const claim = (merchant: Merchant, { id }: Notification) =>
    ledger.runtime.store.claimNotification(
      merchant,
      { order: order.uuid, notification: id },
      window,
    );
  const giveBack = (merchant: Merchant, { id }: Notification) =>
    ledger.runtime.store.returnNotification(
      merchant,
      { order: order.uuid, notification: id },
      window,
    );

  async function dueIds(untilMs: number): Promise<string[]> {
    const due = ledger.runtime.store.due('notify', 'shared', untilMs);
    return Array.fromAsync(due, (item) => item.notification);
  }

  test('is due again at once when its queue does not take it', async () => {
    const { merchant, notification } = await claimed();
    expect(await dueIds(nowMs)).not.toContain(notification.id);
    await giveBack(merchant, notification);
    expect(await dueIds(nowMs)).toContain(notification.id);
    const dispatched = dispatch(ledger.runtime, () => 60_000, {
      kind: 'notify',
      graceMs: 0,
      queue: () => Promise.reject(new Error('The queue is not there')),
    });
    await expect(dispatched, 'an alarm is raised').rejects.toThrow('batches of');
  });

  test('stays delivered when the queue has taken it and its answer was lost', async () => {
    const { merchant, notification } = await claimed();
    const delivered = { ...notification, version: 2, state: 'delivered', dueAt: null } as const;
    const change = { change: 'notification', orderUuid: order.uuid } as const;
    await ledger.runtime.store.commit(merchant, [{ ...change, notification: delivered }]);
    await giveBack(merchant, notification);
    expect(await dueIds(window.untilMs)).not.toContain(notification.id);
  });
});

test('a silent receiver that answers the one notification that tries it is open to all', async () => {
  const merchant = await ledger.newMerchant();
  const notification = failed(1);
  const ref = refOf(merchant, order.uuid, notification);
  const origin = originOf(notification.url);
  const receiver = slowed(null, origin, Date.now() - 1000);
  await ledger.runtime.store.commit(merchant, [
    { change: 'notification', orderUuid: order.uuid, notification },
    { change: 'receiver', receiver },
  ]);
  const post = async () => ({ status: 200, error: null, durationMs: 5 });
  runOn(() => ({ ...ledger.runtime, post }));
  onTestFinished(() => runOn(() => undefined));
  const Records = [{ messageId: '1', body: JSON.stringify(ref) }];
  const lambda = { awsRequestId: '1', getRemainingTimeInMillis: () => 30_000 };
  await deliverSlowNotification.handler({ Records } as never, lambda);
  const read = await ledger.runtime.store.read(merchant, { receiver: origin });
  expect(read.receiver).toMatchObject({ silences: 0, onTrial: false, slowUntilMs: 0 });
});

test.each([
  { allowed: false, error: 'address_not_allowed' },
  { allowed: true, error: 'connection_refused' },
])('private addresses are posted to where the settings say so: $allowed', async (given) => {
  const merchant = await ledger.newMerchant();
  const { runtime } = ledger;
  const settings = { ...runtime.settings, ALLOW_PRIVATE_ADDRESSES: given.allowed };
  const notification = { ...failed(0), url: `http://127.0.0.1:${await freePort()}/` };
  const ref = refOf(merchant, order.uuid, notification);
  const delivery = { ref, notification, receiver: null, origin: '', merchant };
  const attempt = await post({ ...runtime, settings }, delivery, 5000);
  expect(attempt).toMatchObject({ status: null, error: given.error });
});

test('what has failed once is queued apart from the first attempts of others', async () => {
  const merchant = await ledger.newMerchant();
  const isSlow = [0, 1, 2].map((times) => refOf(merchant, order.uuid, failed(times)).isSlow);
  expect(isSlow).toEqual([false, true, true]);
});
