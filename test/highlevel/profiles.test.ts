import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BothFaces, bothFaces, idOf } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';
import { SALE } from '#test/highlevel/support/purchase.ts';

let face: Face;
let both: BothFaces;

beforeAll(async () => {
  face = await startFace();
  both = await bothFaces(face);
});
afterAll(() => face.stop());

test('the profile of a customer shows as the contact of that customer’s orders', async () => {
  const { paylands, location, sdk } = both;
  const alt = { altId: location.id };
  const { uuid } = await paylands.createOrder();
  const charged = await paylands.charge(uuid, await paylands.saveCard());
  const orderId = idOf(uuid);
  const before = await sdk.payments.getOrderById({ ...alt, orderId });
  expect(before).not.toHaveProperty('contactSnapshot');

  const { body } = await paylands.send('GET', `/order/${uuid}`);
  const { customer } = body.order as unknown as { customer: string };
  const profile = {
    external_id: customer,
    first_name: 'Jane',
    last_name: 'Doe',
    email: 'Jane@example.com',
    phone: { prefix: '+34', number: '666554411' },
  };
  expect((await paylands.post('/customer/profile', profile)).status).toBe(200);
  const snapshot = {
    name: 'Jane Doe',
    firstName: 'Jane',
    email: 'Jane@example.com',
    emailLowerCase: 'jane@example.com',
    phone: '+34666554411',
  };
  const order = await sdk.payments.getOrderById({ ...alt, orderId });
  expect(violationsOf('get-order-by-id', order)).toEqual([]);
  expect(order).toMatchObject({ contactSnapshot: snapshot });
  expect(order).not.toHaveProperty('contactId');
  const transactionId = idOf(charged.transactions[0]?.uuid ?? '');
  const transaction = await sdk.payments.getTransactionById({
    ...alt,
    altType: 'location',
    transactionId,
  });
  expect(transaction).toMatchObject({ contactSnapshot: snapshot });
  const named = { contactName: 'Jane Doe', contactEmail: 'Jane@example.com' };
  expect((await sdk.payments.listOrders(alt)).data).toMatchObject([named]);
  expect(await both.payments()).toMatchObject([named]);
});

test('a contact that a shop has named stays the contact', async () => {
  const { paylands, location, sdk } = both;
  const { uuid } = await paylands.createOrder({ extra_data: { highlevel: SALE } });
  const order = await sdk.payments.getOrderById({ altId: location.id, orderId: idOf(uuid) });
  expect(order).toMatchObject({ contactId: expect.any(String) });
  expect(order.contactSnapshot).not.toMatchObject({ firstName: 'Jane' });
});
