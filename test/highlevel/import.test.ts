import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importOrder } from '#administration/import-order.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
import { type Paylands, paylandsOf } from '#test/highlevel/support/paylands.ts';
import { SALE } from '#test/highlevel/support/purchase.ts';
import { scan } from '#test/support/scan.ts';

let face: Face;
let location: TestLocation;
let paylands: Paylands;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  location = await face.newLocation();
  paylands = await paylandsOf(face.url, location.tenant);
});

const ID = '660ed43bfdf9fc05a0de7a40';

/** As the event tells of it, for a location of euros. */
const event = (changes: object = {}) => ({
  type: 'OrderCreate',
  locationId: location.id,
  _id: ID,
  altId: location.id,
  altType: 'location',
  status: 'pending',
  fulfillmentStatus: 'unfulfilled',
  currency: 'EUR',
  amount: 150.1,
  liveMode: false,
  createdAt: '2024-04-04T16:24:27.036Z',
  updatedAt: '2024-04-04T16:24:31.297Z',
  ...SALE,
  ...changes,
});

function target() {
  const { access, store, locations } = runtime();
  return { access, ledger: store, locations };
}

async function orderOnFace() {
  const query = { altId: location.id };
  return (await face.call(location.pit, `GET /payments/orders/${ID}`, { query })).body;
}

test('an order keeps its id, and can be paid on the other face', async () => {
  const { order, isNew } = await importOrder(target(), event());
  expect(isNew).toBe(true);
  expect(await orderOnFace()).toMatchObject({
    _id: ID,
    amount: 150.1,
    status: 'pending',
    createdAt: '2024-04-04T16:24:27.036Z',
    contactSnapshot: { email: 'maxwell@shop.example' },
  });
  expect(await paylands.order(order.uuid)).toMatchObject({ status: 'CREATED', amount: 15_010 });
  const list = await face.call(location.pit, 'GET /payments/orders', {
    query: { altId: location.id, startAt: '2024-04-04', endAt: '2024-04-04' },
  });
  expect(list.body).toMatchObject({ totalCount: 1, data: [{ _id: ID }] });
});

test('what is null was not said', async () => {
  const source = { ...SALE.source, subType: null };
  const contactSnapshot = { ...SALE.contactSnapshot, email: null, phone: null };
  const { order } = await importOrder(target(), event({ source, contactSnapshot, coupon: null }));
  expect(order.purchase).toMatchObject({
    contact: { email: null },
    channel: { subType: null },
    coupon: null,
  });
});

test('a card number in its texts is masked', async () => {
  const { contactSnapshot, items, source } = SALE;
  const card = '4548 8120 4940 0004';
  const withCard = {
    contactSnapshot: { ...contactSnapshot, lastName: card, note: { card } },
    items: items.map((item) => ({ ...item, name: card })),
    source: { ...source, meta: { ...source.meta, card } },
  };
  await importOrder(target(), event(withCard));
  const stored = JSON.stringify([...(await scan('ledger'))]);
  expect(stored).toContain('****0004');
  expect(stored).not.toContain(card);
});

test('a card number in a note of the merchant is masked', async () => {
  const { order } = await importOrder(target(), event());
  await face.addNote(location.tenant, order.uuid, 'Paid with 4548 8120 4940 0004 by telephone');
  const query = { altId: location.id, altType: 'location' };
  const answer = await face.call(location.pit, `GET /payments/orders/${ID}/notes`, { query });
  expect(JSON.stringify(answer.body)).toContain('Paid with ****0004 by telephone');
});

test('importing again changes nothing', async () => {
  await importOrder(target(), event());
  const again = await importOrder(target(), event({ amount: 1 }));
  expect(again).toMatchObject({ isNew: false, order: { amount: 15_010 } });
  const query = { altId: location.id };
  const list = await face.call(location.pit, 'GET /payments/orders', { query });
  expect(list.body.totalCount).toBe(1);
});

test('two imports at the same time make one order', async () => {
  const results = await Promise.allSettled([
    importOrder(target(), event()),
    importOrder(target(), event()),
  ]);
  expect(results.some((one) => one.status === 'fulfilled')).toBe(true);
  const query = { altId: location.id };
  const list = await face.call(location.pit, 'GET /payments/orders', { query });
  expect(list.body.totalCount).toBe(1);
});

test('a completed order was paid elsewhere', async () => {
  await importOrder(target(), event({ status: 'completed' }));
  await importOrder(target(), event({ status: 'completed' }));
  expect(await orderOnFace()).toMatchObject({ status: 'completed' });
  const { body } = await face.call(location.pit, 'GET /payments/transactions', {
    query: { altId: location.id, altType: 'location', entityId: ID },
  });
  expect(body).toMatchObject({
    totalCount: 1,
    data: [{ amount: 150.1, status: 'succeeded', paymentProviderType: 'manual' }],
  });
});

test.each([
  [{ altId: 'unknownunknownunknow' }, 'There is no location unknownunknownunknow'],
  [{ liveMode: true }, 'is a sandbox location, the order is not'],
  [{ currency: 'CHF' }, 'The merchant has no service in CHF'],
  [{ amount: 1.005 }, '1.005 is not an amount in EUR'],
  [{ _id: 'x', items: [{}] }, 'Not an OrderCreate document: _id'],
  [{ items: [{}] }, 'Not an OrderCreate document: items.0.name'],
])('%j is refused in plain words', async (changes, words) => {
  await expect(importOrder(target(), event(changes))).rejects.toThrow(words);
});

const inCurrency = (currency: string) => {
  const [tee, tea] = SALE.items;
  return event({ items: [tee, { ...tea, price: { ...tea?.price, currency } }] });
};

test('a price in another currency than the order is refused, and nothing is kept', async () => {
  const words = "Not in the order's EUR: items[1].price.currency";
  await expect(importOrder(target(), inCurrency('USD'))).rejects.toThrow(words);
  expect(await importOrder(target(), inCurrency('eur'))).toMatchObject({ isNew: true });
});
