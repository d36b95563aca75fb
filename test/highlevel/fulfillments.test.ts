import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BothFaces, bothFaces, idOf } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';
import { newPurchaseOf, TEA_PRICE, TEE_PRICE } from '#test/highlevel/support/purchase.ts';
import { fillOrder } from '#test/support/full-order.ts';

let face: Face;
let both: BothFaces;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  both = await bothFaces(face);
});

const newPurchase = () => newPurchaseOf(both.paylands);
const alt = () => ({ altId: both.location.id });

describe('fulfilments', () => {
  const body = (items: object[], notifyCustomer = false) => ({
    ...alt(),
    altType: 'location' as const,
    // It looks like the number of a card.
    trackings: [{ trackingNumber: '4548 8120 4940 0004', shippingCarrier: 'FedEx' }],
    items,
    notifyCustomer,
  });

  test('are checked against what is left, and listed with their products', async () => {
    const orderId = idOf((await newPurchase()).uuid);
    const create = (items: object[]) =>
      both.sdk.payments.createOrderFulfillment({ orderId }, body(items) as never);
    const first = await create([{ priceId: TEE_PRICE, qty: 1 }]);
    expect(violationsOf('create-order-fulfillment', first)).toEqual([]);
    expect(first.data.items).toMatchObject([
      { _id: TEE_PRICE, qty: 1, product: { name: 'Classic tee', locationId: both.location.id } },
    ]);
    await expect(create([{ priceId: TEE_PRICE, qty: 2 }])).rejects.toThrow('exceeds what is left');
    await expect(create([{ priceId: 'unknown', qty: 1 }])).rejects.toThrow('not part of the order');
    const partly = await both.sdk.payments.getOrderById({ ...alt(), orderId });
    expect(partly.fulfillmentStatus).toBe('partially_fulfilled');
    await create([
      { priceId: TEE_PRICE, qty: '1' },
      { priceId: TEA_PRICE, qty: 1 },
    ]);
    const order = await both.sdk.payments.getOrderById({ ...alt(), orderId });
    expect(order.fulfillmentStatus).toBe('fulfilled');
    const list = await both.sdk.payments.listOrderFulfillment({
      ...alt(),
      altType: 'location',
      orderId,
    });
    expect(violationsOf('list-order-fulfillment', list)).toEqual([]);
    expect(list.data).toHaveLength(2);
  });

  test('are refused where the order can hold no more', async () => {
    const { uuid } = await newPurchase();
    await fillOrder(both.location.tenant, uuid);
    const answer = await face.call(
      both.location.pit,
      `POST /payments/orders/${idOf(uuid)}/fulfillments`,
      { body: body([{ priceId: TEE_PRICE, qty: 1 }]) },
    );
    expect(answer).toMatchObject({ status: 400, body: { message: 'Order can hold no more' } });
  });

  test('at the same time never exceed the order', async () => {
    const orderId = idOf((await newPurchase()).uuid);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        face.call(both.location.pit, `POST /payments/orders/${orderId}/fulfillments`, {
          body: body([{ priceId: TEE_PRICE, qty: 1 }]),
        }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(2);
  });

  test('leave a message for the buyer in the transaction, once per key', async () => {
    const { uuid } = await newPurchase();
    const path = `POST /payments/orders/${idOf(uuid)}/fulfillments`;
    const request = { body: body([{ priceId: TEE_PRICE, qty: 1 }], true), key: 'parcel-1' };
    const first = await face.call(both.location.pit, path, request);
    const second = await face.call(both.location.pit, path, request);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await face.messages(both.location.tenant, uuid)).toMatchObject([
      { kind: 'order_fulfilled', to: 'maxwell@shop.example' },
    ]);
  });
});

test('notes are listed', async () => {
  const { uuid } = await newPurchase();
  await face.addNote(both.location.tenant, uuid, 'Ring twice');
  const path = `GET /payments/orders/${idOf(uuid)}/notes`;
  const query = { ...alt(), altType: 'location' };
  const { body } = await face.call(both.location.pit, path, { query });
  expect(body).toMatchObject({
    totalCount: 1,
    data: [{ note: 'Ring twice', orderId: idOf(uuid) }],
  });
});
