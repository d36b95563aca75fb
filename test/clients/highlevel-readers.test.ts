import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BothFaces, bothFaces, idOf } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { newPurchaseOf, SALE } from '#test/highlevel/support/purchase.ts';

/** What public programs read from HighLevel, as they ask for it (contract, last section). */
let face: Face;
let both: BothFaces;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  both = await bothFaces(face);
});

const EMPTY = { data: [], totalCount: 0 };

async function list(what: string, filter: Record<string, string>) {
  const query = { altId: both.location.id, altType: 'location', ...filter };
  const { status, body } = await face.call(both.location.pit, `GET /payments/${what}`, { query });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as { data: Record<string, unknown>[]; totalCount: number };
}

async function paidPurchase(): Promise<string> {
  const { uuid } = await newPurchaseOf(both.paylands);
  await both.paylands.charge(uuid, await both.paylands.saveCard());
  return uuid;
}

describe('an empty id shows nobody what another has bought', () => {
  test.each([
    ['orders', 'contactId'],
    ['orders', 'sourceId'],
    ['transactions', 'contactId'],
    ['transactions', 'subscriptionId'],
    ['transactions', 'entityId'],
    ['transactions', 'id'],
    ['subscriptions', 'contactId'],
    ['subscriptions', 'entityId'],
    ['subscriptions', 'id'],
  ])('of %s by %s', async (what, filter) => {
    await paidPurchase();
    expect(await list(what, { [filter]: '' })).toEqual(EMPTY);
  });

  test('other empty filters are none', async () => {
    await paidPurchase();
    const filter = { search: '', status: '', startAt: '', limit: '', paymentMode: '' };
    expect(await list('orders', filter)).toMatchObject({ totalCount: 1 });
  });
});

test('orders say how they are paid, in rows and by themselves', async () => {
  const paid = await paidPurchase();
  const open = await both.paylands.createOrder();
  const { data } = await list('orders', {});
  expect(data.map((row) => row.paymentStatus)).toEqual(['unpaid', 'paid']);
  for (const [uuid, paymentStatus] of [
    [paid, 'paid'],
    [open.uuid, 'unpaid'],
  ] as const) {
    const query = { altId: both.location.id };
    const request = `GET /payments/orders/${idOf(uuid)}`;
    const { body } = await face.call(both.location.pit, request, { query });
    expect(body.paymentStatus).toBe(paymentStatus);
    const summary = uuid === paid ? { subtotal: 138, tax: 12.1 } : { subtotal: 10, tax: 0 };
    expect(body.amountSummary).toEqual({ ...summary, discount: 0, shipping: 0 });
    const contact = { email: 'maxwell@shop.example', emailLowerCase: 'maxwell@shop.example' };
    if (uuid === paid) expect(body.contactSnapshot).toMatchObject(contact);
  }
});

test('a refunded order stays completed, and its payment says so', async () => {
  const uuid = await paidPurchase();
  await both.paylands.post('/payment/refund', { order_uuid: uuid });
  const { data: orders } = await list('orders', { contactId: SALE.contactId });
  expect(orders).toMatchObject([{ status: 'completed', paymentStatus: 'refunded' }]);
  const { data } = await list('transactions', { contactId: SALE.contactId });
  expect(data).toMatchObject([{ status: 'refunded', amount: 150.1, amountRefunded: 150.1 }]);
  expect(data[0]?.paymentMethod).toEqual({ card: { brand: 'visa', last4: '0004' } });
  expect(data[0]?.currencyOptions).toEqual({ code: 'EUR', symbol: '€' });
});

test('a transaction is found by its id, or nothing is', async () => {
  await paidPurchase();
  const uuid = await paidPurchase();
  const { body } = await both.paylands.post('/payment/refund', { order_uuid: uuid, amount: 100 });
  const [payment, refund] = body.order.transactions;
  const [row] = (await list('transactions', { entityId: idOf(uuid) })).data;
  const found = await list('transactions', { id: idOf(payment?.uuid ?? '') });
  expect(found).toEqual({ data: [row], totalCount: 1 });
  for (const id of [idOf(refund?.uuid ?? ''), 'f'.repeat(24), 'nonsense']) {
    expect(await list('transactions', { id })).toEqual(EMPTY);
  }
});

test('money that is sent is no sale', async () => {
  const uuid = await paidPurchase();
  const payout = await both.paylands.createOrder({ operative: 'PAYOUT' });
  const { status } = await both.paylands.post('/payment/payout', { order_uuid: payout.uuid });
  expect(status).toBe(200);
  expect(await list('orders', {})).toMatchObject({ data: [{ _id: idOf(uuid) }], totalCount: 1 });
  expect((await list('transactions', {})).totalCount).toBe(1);
});
