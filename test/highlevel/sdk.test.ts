import { afterAll, beforeAll, expect, test } from 'vitest';
import { importSubscriptions } from '#administration/import-subscriptions.ts';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
import { paylandsOf } from '#test/highlevel/support/paylands.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';
import { AMOUNT, SALE } from '#test/highlevel/support/purchase.ts';
import { CALLS, type Ids, SUBSCRIPTION } from '#test/highlevel/support/sdk-calls.ts';

let face: Face;
let location: TestLocation;
let orderId: string;
let transactionId: string;

beforeAll(async () => {
  face = await startFace();
  location = await face.newLocation();
  const paylands = await paylandsOf(face.url, location.tenant);
  const card = await paylands.saveCard();
  const charged = await paylands.charge((await paylands.createOrder()).uuid, card);
  transactionId = objectIdFromUuid(charged.transactions[0]?.uuid ?? '') ?? '';
  const order = await paylands.createOrder({ amount: AMOUNT, extra_data: { highlevel: SALE } });
  orderId = objectIdFromUuid(order.uuid) ?? '';
  const { access, store: ledger, locations } = runtime();
  await importSubscriptions({ access, ledger, locations }, subscription());
});
afterAll(() => face.stop());

function subscription() {
  return {
    _id: SUBSCRIPTION,
    altId: location.id,
    altType: 'location',
    currency: 'EUR',
    amount: 59,
    status: 'active',
    liveMode: false,
    entitySource: { type: 'funnel', id: 'bevrkPbLaDNXFaqfLKMm', name: 'Funnel' },
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

test('every method of the official SDK works, and its answer is as published', async () => {
  const { payments } = face.sdk(location.appToken);
  const ids: Ids = {
    locationId: location.id,
    alt: { altId: location.id, altType: 'location' },
    orderId,
    transactionId,
    coupon: '',
  };
  for (const [method, operationId, call] of CALLS) {
    const answer = await call(payments, ids);
    if (operationId === null) expect(answer).toMatchObject({ totalCount: 0, data: [] });
    else expect(violationsOf(operationId, answer), method).toEqual([]);
  }
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(payments));
  expect(CALLS.map(([method]) => method).toSorted()).toEqual(
    methods.filter((name) => name !== 'constructor').toSorted(),
  );
});
