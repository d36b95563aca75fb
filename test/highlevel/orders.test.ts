import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BothFaces, bothFaces, idOf } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';
import { newPurchaseOf, SALE, TEE_PRICE } from '#test/highlevel/support/purchase.ts';
import { notOverMidnight } from '#test/support/midnight.ts';

let face: Face;
let both: BothFaces;

beforeAll(async () => {
  await notOverMidnight();
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  both = await bothFaces(face);
});

const newPurchase = () => newPurchaseOf(both.paylands);
const alt = () => ({ altId: both.location.id });

describe('an order', () => {
  test('of the other face has what was said of the sale', async () => {
    const { uuid } = await newPurchase();
    const order = await both.sdk.payments.getOrderById({ ...alt(), orderId: idOf(uuid) });
    expect(violationsOf('get-order-by-id', order)).toEqual([]);
    expect(order).toMatchObject({
      _id: idOf(uuid),
      altId: both.location.id,
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
    const { uuid } = await both.paylands.createOrder();
    const order = await both.sdk.payments.getOrderById({ ...alt(), orderId: idOf(uuid) });
    expect(violationsOf('get-order-by-id', order)).toEqual([]);
    expect(order).toMatchObject({ source: { type: 'external', id: uuid }, items: [], amount: 10 });
  });

  test('is listed as a row of its own', async () => {
    const { uuid } = await newPurchase();
    await both.paylands.createOrder();
    const list = await both.sdk.payments.listOrders({ ...alt() });
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
    const answer = await face.call(both.location.pit, `GET /payments/orders/${orderId}`, {
      query: alt(),
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { statusCode: 400, status: 400, message: 'Order not found', name: 'HttpException' },
    });
  });

  test('of another location is not found', async () => {
    const { uuid } = await newPurchase();
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
    [
      {
        items: [
          {
            name: 'Tea',
            qty: 1,
            product: { _id: '660ed1ff95e1dc88d5b0d346', name: 'Tea' },
            price: { _id: '660ed20095e1dcd37bb0d392', name: 'Tea', currency: 'USD', amount: 10 },
          },
        ],
      },
      'Field extra_data.highlevel.items[0].price.currency is not valid: the order',
    ],
  ])('is refused when malformed: %j', async (highlevel, details) => {
    const { status, body } = await both.paylands.post('/payment', {
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
  test.each([
    ['funnelProductIds[]=x&funnelProductIds[]=$', 1],
    ['funnelProductIds[0]=$&funnelProductIds[1]=x', 1],
    ['funnelProductIds=x&funnelProductIds=$', 1],
    ['funnelProductIds[]=x', 0],
    // Only it is a list: an unknown parameter is passed over, as ever.
    ['contactId[]=x', 1],
  ])('takes the array %s of an HTTP client', async (filter, count) => {
    await newPurchase();
    const query = `altId=${both.location.id}&${filter.replace('$', `${SALE.items[0]?.product._id}`)}`;
    const answer = await fetch(`${face.url}/payments/orders?${query}`, {
      headers: { authorization: `Bearer ${both.location.pit}`, version: '2021-07-28' },
    });
    expect(await answer.json()).toMatchObject({ totalCount: count });
  });

  test('is narrowed by every filter, with the exact number', async () => {
    const purchase = await newPurchase();
    const plain = await both.paylands.createOrder();
    const paid = await both.paylands.createOrder();
    await both.paylands.charge(paid.uuid, await both.paylands.saveCard());
    const today = new Date().toISOString().slice(0, 10);
    const ids = async (filter: object) => {
      const list = await both.sdk.payments.listOrders({ ...alt(), ...filter });
      expect(list.totalCount).toBe(list.data.length);
      return list.data.map((order) => order._id);
    };
    const [one, two, three] = [purchase, plain, paid].map((order) => idOf(order.uuid));
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
    for (let index = 0; index < 5; index += 1) orders.unshift(await both.paylands.createOrder());
    const page = async (limit: number, offset: number) => {
      const list = await both.sdk.payments.listOrders({ ...alt(), limit, offset });
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
    const answer = await face.call(both.location.pit, 'GET /payments/orders/', {
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
