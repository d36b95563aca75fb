import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDelivery, post } from '#faces/paylands/deliver.ts';
import { freePort } from '#infra/local/free-port.ts';
import { mintObjectId } from '#ledger/core/ids.ts';
import { type Notification, refOf } from '#ledger/outbox/notification.ts';
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
