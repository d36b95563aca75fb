import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { importSubscriptions } from '#administration/import-subscriptions.ts';
import { mintObjectId, mintUuid } from '#ledger/core/ids.ts';
import { withStanding } from '#ledger/orders/order-state.ts';
import { listed } from '#ledger/payments/stage-outcome.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { bookKey, type ListName } from '#store/lists/list-keys.ts';
import { type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
import { newOrder, newTransaction } from '#test/support/orders.ts';
import { scan } from '#test/support/scan.ts';

let face: Face;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());

/** More than a reader counts again each time. */
const COUNT = 210;

const MINUTE_MS = 60_000;

test.each<{ path: string; list: ListName; seed: (location: TestLocation) => Promise<void> }>([
  { path: 'orders', list: 'ORDERS', seed: addOrders },
  { path: 'transactions', list: 'TRANSACTIONS', seed: addPayments },
  { path: 'subscriptions', list: 'SUBSCRIPTIONS', seed: addSubscriptions },
])('the list of $path is exact before and after its readers write it down', async (one) => {
  const location = await face.newLocation();
  const totals = async () => {
    const query = { altId: location.id, altType: 'location', limit: '1' };
    const { body } = await face.call(location.pit, `GET /payments/${one.path}`, { query });
    return body.totalCount;
  };
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (const times of [1, 2]) {
      await one.seed(location);
      expect(await totals()).toBe(COUNT * times);
      vi.setSystemTime(Date.now() + 2 * MINUTE_MS);
      expect(await totals()).toBe(COUNT * times);
      expect(await totals()).toBe(COUNT * times);
    }
  } finally {
    vi.useRealTimers();
  }
  const { pk } = bookKey(location.tenant, one.list);
  const kept = [...(await scan('ledger')).keys()].filter((key) => key.startsWith(`${pk} `));
  const days = kept.map((key) => key.slice(pk.length + 1).split('+')[0]);
  expect(days).toContain('BOOK');
  expect(days.length).toBeGreaterThan(1);
  expect(new Set(days).size, 'each part of it is kept once').toBe(days.length);
});

async function addOrders({ tenant }: TestLocation): Promise<void> {
  for (let count = 0; count < COUNT; count += 1) {
    const draft = { ...newOrder({ uuid: mintUuid(Date.now()) }), version: 1 };
    const order = withStanding(draft, Date.now());
    const due = { kind: 'none' } as const;
    await runtime().store.commit(tenant, [{ change: 'order', order, due, testClock: false }]);
  }
}

async function addPayments({ tenant }: TestLocation): Promise<void> {
  for (let count = 0; count < COUNT; count += 1) {
    const order = newOrder({ uuid: mintUuid(Date.now()) });
    const transaction = newTransaction({ uuid: mintUuid(Date.now()) });
    await runtime().store.commit(tenant, [listed(order, transaction)]);
  }
}

async function addSubscriptions({ id }: TestLocation): Promise<void> {
  const { access, store: ledger, locations } = runtime();
  const now = new Date().toISOString();
  const documents = Array.from({ length: COUNT }, () => ({
    _id: mintObjectId(Date.now()),
    altId: id,
    altType: 'location',
    contactId: 'XPLSw2SVagl12LMDeTmQ',
    contactSnapshot: {},
    currency: 'EUR',
    amount: 59.9,
    status: 'active',
    liveMode: false,
    entityType: 'order',
    entityId: mintObjectId(Date.now()),
    entitySource: { type: 'funnel', id: 'lx6ROqru', name: 'Spring', meta: {} },
    subscriptionId: 'sub_1',
    subscriptionSnapshot: {},
    createdAt: now,
    updatedAt: now,
  }));
  await importSubscriptions({ access, ledger, locations }, documents);
}
