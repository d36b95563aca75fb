import type { HighLevel } from '@gohighlevel/api-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { objectIdFromUuid } from '../../shared/ledger/ids.ts';
import { type Face, startFace, type TestLocation } from './support/locations.ts';
import { type Paylands, paylandsOf } from './support/paylands.ts';
import { violationsOf } from './support/published.ts';
import { AMOUNT, SALE, TEA_PRICE, TEE_PRICE } from './support/sale.ts';

let face: Face;
let location: TestLocation;
let paylands: Paylands;
let sdk: HighLevel;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  location = await face.newLocation();
  paylands = await paylandsOf(face.url, location.tenant);
  sdk = face.sdk(location.pit);
});

const idOf = (uuid: string) => objectIdFromUuid(uuid) ?? '';
const newSale = () => paylands.createOrder({ amount: AMOUNT, extra_data: { highlevel: SALE } });
const alt = () => ({ altId: location.id });

describe('an order', () => {
  test('of the other face has what was said of the sale', async () => {
    const { uuid } = await newSale();
    const order = await sdk.payments.getOrderById({ ...alt(), orderId: idOf(uuid) });
    expect(violationsOf('get-order-by-id', order)).toEqual([]);
    expect(order).toMatchObject({
      _id: idOf(uuid),
      altId: location.id,
      altType: 'location',
      contactId: SALE.contactId,
      contactSnapshot: { firstName: 'Maxwell', email: 'maxwell@shop.example' },
      currency: 'EUR',
      amount: 150.1,
      amountSummary: { subtotal: 138, discount: 0, tax: 12.1, shipping: 0 },
      source: SALE.source,
      status: 'pending',
      fulfillmentStatus: 'unfulfilled',
      liveMode: false,
      coupon: SALE.coupon,
      items: [{ qty: 2, price: { _id: TEE_PRICE, amount: 8.5, currency: 'EUR' } }, { qty: 1 }],
      meta: { paylandsOrderUuid: uuid },
    });
  });

  test('that no shop sent is its own source', async () => {
    const { uuid } = await paylands.createOrder();
    const order = await sdk.payments.getOrderById({ ...alt(), orderId: idOf(uuid) });
    expect(violationsOf('get-order-by-id', order)).toEqual([]);
    expect(order).toMatchObject({ source: { type: 'external', id: uuid }, items: [], amount: 10 });
  });

  test('is listed as a row of its own', async () => {
    const { uuid } = await newSale();
    await paylands.createOrder();
    const list = await sdk.payments.listOrders({ ...alt() });
    expect(violationsOf('list-orders', list)).toEqual([]);
    expect(list.totalCount).toBe(2);
    expect(list.data[1]).toMatchObject({
      _id: idOf(uuid),
      contactName: 'Maxwell Schmidt',
      contactEmail: 'maxwell@shop.example',
      totalProducts: 3,
      onetimeProducts: 2,
      recurringProducts: 1,
      sourceType: 'website',
      sourceSubType: 'store',
      couponCode: 'SUMMER',
      subtotal: 138,
    });
  });

  test.each(['ffffffffffffffffffffffff', 'nonsense'])('%s is not found', async (orderId) => {
    const answer = await face.call(location.pit, `GET /payments/orders/${orderId}`, {
      query: alt(),
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { statusCode: 400, status: 400, message: 'Order not found', name: 'HttpException' },
    });
  });

  test('of another location is not found', async () => {
    const { uuid } = await newSale();
    const other = await face.newLocation();
    const answer = await face.call(other.pit, `GET /payments/orders/${idOf(uuid)}`, {
      query: { altId: other.id },
    });
    expect(answer.status).toBe(400);
  });
});

describe('what a shop says of an order', () => {
  test.each([
    [{ source: { type: 'website' } }, 'Field extra_data.highlevel.source.id is required'],
    [{ items: [{ name: 'Tea' }] }, 'Field extra_data.highlevel.items[0].qty is required'],
    [{ contactId: 7 }, 'Field extra_data.highlevel.contactId is not valid'],
    ['text', 'Field extra_data.highlevel is not valid'],
    [
      { amountSummary: { subtotal: 1.005 } },
      'Field extra_data.highlevel.amountSummary.subtotal is not valid',
    ],
  ])('is refused when malformed: %j', async (highlevel, details) => {
    const { status, body } = await paylands.post('/payment', {
      amount: 1000,
      operative: 'AUTHORIZATION',
      description: 'Tea',
      extra_data: { highlevel },
    });
    expect(status).toBe(400);
    expect(body.details).toContain(details);
  });
});

describe('a list of orders', () => {
  test('is narrowed by every filter, with the exact number', async () => {
    const sale = await newSale();
    const plain = await paylands.createOrder();
    const paid = await paylands.createOrder();
    await paylands.charge(paid.uuid, await paylands.saveCard());
    const today = new Date().toISOString().slice(0, 10);
    const ids = async (filter: object) => {
      const list = await sdk.payments.listOrders({ ...alt(), ...filter });
      expect(list.totalCount).toBe(list.data.length);
      return list.data.map((order) => order._id);
    };
    const [one, two, three] = [sale, plain, paid].map((order) => idOf(order.uuid));
    expect(await ids({})).toEqual([three, two, one]);
    expect(await ids({ contactId: SALE.contactId })).toEqual([one]);
    expect(await ids({ sourceId: SALE.source.id })).toEqual([one]);
    expect(await ids({ sourceId: plain.uuid })).toEqual([two]);
    expect(await ids({ funnelProductIds: `x,${SALE.items[0]?.product._id}` })).toEqual([one]);
    expect(await ids({ search: 'CLASSIC TEE' })).toEqual([one]);
    expect(await ids({ search: 'coffee' })).toEqual([three, two, one]);
    expect(await ids({ status: 'completed' })).toEqual([three]);
    expect(await ids({ status: 'pending' })).toEqual([two, one]);
    expect(await ids({ status: 'unheard of' })).toEqual([]);
    expect(await ids({ paymentStatus: 'paid' })).toEqual([three]);
    expect(await ids({ paymentStatus: 'unpaid', contactId: SALE.contactId })).toEqual([one]);
    expect(await ids({ paymentStatus: 'refunded' })).toEqual([]);
    expect(await ids({ status: 'pending', search: 'tee' })).toEqual([one]);
    expect(await ids({ paymentMode: 'test' })).toHaveLength(3);
    expect(await ids({ paymentMode: 'live' })).toEqual([]);
    expect(await ids({ startAt: today, endAt: today })).toHaveLength(3);
    expect(await ids({ startAt: '2999-01-01' })).toEqual([]);
    expect(await ids({ startAt: today, endAt: '2020-01-01' })).toEqual([]);
  });

  test('has pages', async () => {
    const orders = [];
    for (let index = 0; index < 5; index += 1) orders.unshift(await paylands.createOrder());
    const page = async (limit: number, offset: number) => {
      const list = await sdk.payments.listOrders({ ...alt(), limit, offset });
      expect(list.totalCount).toBe(5);
      return list.data.map((order) => order._id);
    };
    const ids = orders.map((order) => idOf(order.uuid));
    expect(await page(2, 0)).toEqual(ids.slice(0, 2));
    expect(await page(2, 3)).toEqual(ids.slice(3));
    expect(await page(2, 5)).toEqual([]);
    expect(await page(0, 0)).toEqual([]);
  });

  test('names every violation at once', async () => {
    const answer = await face.call(location.pit, 'GET /payments/orders/', {
      query: { limit: 'ten', offset: '-1', startAt: '2026-02-30', paymentStatus: 'free' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.message).toEqual([
      'altId should not be empty',
      'startAt must be a valid date in YYYY-MM-DD format',
      'limit must be a number',
      'offset must not be less than 0',
      'paymentStatus must be one of the following values: paid, unpaid, refunded, partially_paid',
    ]);
  });
});

describe('fulfilments', () => {
  const body = (items: object[], notifyCustomer = false) => ({
    ...alt(),
    altType: 'location' as const,
    trackings: [{ trackingNumber: '40012345678', shippingCarrier: 'FedEx' }],
    items,
    notifyCustomer,
  });

  test('are checked against what is left, and listed with their products', async () => {
    const orderId = idOf((await newSale()).uuid);
    const create = (items: object[]) =>
      sdk.payments.createOrderFulfillment({ orderId }, body(items) as never);
    const first = await create([{ priceId: TEE_PRICE, qty: 1 }]);
    expect(violationsOf('create-order-fulfillment', first)).toEqual([]);
    expect(first.data.items).toMatchObject([
      { _id: TEE_PRICE, qty: 1, product: { name: 'Classic tee', locationId: location.id } },
    ]);
    await expect(create([{ priceId: TEE_PRICE, qty: 2 }])).rejects.toThrow('exceeds what is left');
    await expect(create([{ priceId: 'unknown', qty: 1 }])).rejects.toThrow('not part of the order');
    const partly = await sdk.payments.getOrderById({ ...alt(), orderId });
    expect(partly.fulfillmentStatus).toBe('partially_fulfilled');
    await create([
      { priceId: TEE_PRICE, qty: 1 },
      { priceId: TEA_PRICE, qty: 1 },
    ]);
    const order = await sdk.payments.getOrderById({ ...alt(), orderId });
    expect(order.fulfillmentStatus).toBe('fulfilled');
    const list = await sdk.payments.listOrderFulfillment({
      ...alt(),
      altType: 'location',
      orderId,
    });
    expect(violationsOf('list-order-fulfillment', list)).toEqual([]);
    expect(list.data).toHaveLength(2);
  });

  test('at the same time never exceed the order', async () => {
    const orderId = idOf((await newSale()).uuid);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        face.call(location.pit, `POST /payments/orders/${orderId}/fulfillments`, {
          body: body([{ priceId: TEE_PRICE, qty: 1 }]),
        }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(2);
  });

  test('leave a message for the buyer in the transaction, once per key', async () => {
    const { uuid } = await newSale();
    const path = `POST /payments/orders/${idOf(uuid)}/fulfillments`;
    const request = { body: body([{ priceId: TEE_PRICE, qty: 1 }], true), key: 'parcel-1' };
    const first = await face.call(location.pit, path, request);
    const second = await face.call(location.pit, path, request);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await face.messages(location.tenant, uuid)).toMatchObject([
      { kind: 'order_fulfilled', to: 'maxwell@shop.example' },
    ]);
  });
});

test('notes are listed', async () => {
  const { uuid } = await newSale();
  await face.addNote(location.tenant, uuid, 'Ring twice');
  const path = `GET /payments/orders/${idOf(uuid)}/notes`;
  const query = { ...alt(), altType: 'location' };
  const { body } = await face.call(location.pit, path, { query });
  expect(body).toMatchObject({
    totalCount: 1,
    data: [{ note: 'Ring twice', orderId: idOf(uuid) }],
  });
});
