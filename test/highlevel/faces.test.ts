import type { HighLevel } from '@gohighlevel/api-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintUuid, objectIdFromUuid } from '../../shared/ledger/ids.ts';
import { type Answer, type Face, startFace, type TestLocation } from './support/locations.ts';
import { type Paylands, paylandsOf } from './support/paylands.ts';
import { violationsOf } from './support/published.ts';
import { AMOUNT, SALE } from './support/sale.ts';

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

function record(uuid: string, fields: object = {}, key?: string): Promise<Answer> {
  const body = { altId: location.id, altType: 'location', mode: 'cash', ...fields };
  const request = `POST /payments/orders/${idOf(uuid)}/record-payment`;
  return face.call(location.pit, request, { body, ...(key === undefined ? {} : { key }) });
}

async function orderStatus(uuid: string) {
  const orderId = idOf(uuid);
  const { status } = await sdk.payments.getOrderById({ altId: location.id, orderId });
  const list = async (paymentStatus: string) => {
    const found = await sdk.payments.listOrders({ altId: location.id, paymentStatus });
    return found.data.some((one) => one._id === orderId);
  };
  const statuses = ['unpaid', 'partially_paid', 'paid', 'refunded'];
  const found = await Promise.all(statuses.map(list));
  return { status, paymentStatus: statuses.filter((_, index) => found[index]) };
}

async function payments(filter: object = {}) {
  const list = await sdk.payments.listTransactions({
    altId: location.id,
    altType: 'location',
    ...filter,
  });
  expect(violationsOf('list-transactions', list)).toEqual([]);
  expect(list.totalCount).toBe(list.data.length);
  return list.data;
}

describe('what happens on the Paylands face shows on the HighLevel face', () => {
  test('a charge that is returned in parts', async () => {
    const { uuid } = await paylands.createOrder();
    expect(await orderStatus(uuid)).toEqual({ status: 'pending', paymentStatus: ['unpaid'] });
    expect(await payments()).toEqual([]);
    const charged = await paylands.charge(uuid, await paylands.saveCard());
    const payment = charged.transactions[0];
    expect(await orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['paid'] });
    expect(await payments({ entityId: idOf(uuid) })).toMatchObject([
      {
        _id: idOf(payment?.uuid ?? ''),
        chargeId: payment?.uuid,
        entityId: idOf(uuid),
        amount: 10,
        amountRefunded: 0,
        status: 'succeeded',
        paymentMethod: { card: { last4: '0004' } },
      },
    ]);
    await paylands.post('/payment/refund', { order_uuid: uuid, amount: 350 });
    expect(await orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['paid'] });
    expect(await payments()).toMatchObject([{ amountRefunded: 3.5, status: 'succeeded' }]);
    await paylands.post('/payment/refund', { order_uuid: uuid });
    expect(await orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['refunded'] });
    expect(await payments()).toMatchObject([{ amountRefunded: 10, status: 'refunded' }]);
  });

  test('a hold that is captured in part', async () => {
    const { uuid } = await paylands.createOrder({ operative: 'DEFERRED' });
    await paylands.charge(uuid, await paylands.saveCard());
    expect(await orderStatus(uuid)).toEqual({ status: 'pending', paymentStatus: ['unpaid'] });
    expect(await payments()).toMatchObject([{ amount: 10, status: 'pending' }]);
    await paylands.post('/payment/confirmation', { order_uuid: uuid, amount: 400 });
    expect(await orderStatus(uuid)).toEqual({
      status: 'completed',
      paymentStatus: ['partially_paid'],
    });
    expect(await payments()).toMatchObject([{ amount: 4, status: 'succeeded' }]);
  });

  test('a hold that is released', async () => {
    const { uuid } = await paylands.createOrder({ operative: 'DEFERRED' });
    await paylands.charge(uuid, await paylands.saveCard());
    await paylands.post('/payment/cancellation', { order_uuid: uuid });
    expect(await orderStatus(uuid)).toEqual({ status: 'canceled', paymentStatus: ['unpaid'] });
    expect(await payments()).toMatchObject([{ status: 'canceled' }]);
  });

  test('every transaction can be read by its id', async () => {
    const { uuid } = await paylands.createOrder({
      amount: AMOUNT,
      extra_data: { highlevel: SALE },
    });
    await paylands.charge(uuid, await paylands.saveCard());
    const { body } = await paylands.post('/payment/refund', { order_uuid: uuid, amount: 10 });
    const statuses = [];
    for (const transaction of body.order.transactions) {
      const found = await sdk.payments.getTransactionById({
        altId: location.id,
        altType: 'location',
        transactionId: idOf(transaction.uuid),
      });
      expect(violationsOf('get-transaction-by-id', found)).toEqual([]);
      expect(found).toMatchObject({ contactId: SALE.contactId, entitySource: SALE.source });
      statuses.push(found.status);
    }
    expect(statuses).toEqual(['succeeded', 'refunded']);
  });
});

describe('payments are listed', () => {
  test('by every filter', async () => {
    const sale = await paylands.createOrder({
      amount: AMOUNT,
      extra_data: { highlevel: { ...SALE, subscriptionId: 'sub_1KGc' } },
    });
    const plain = await paylands.createOrder();
    const card = await paylands.saveCard();
    const charged = [];
    for (const { uuid } of [sale, plain]) charged.push(await paylands.charge(uuid, card));
    const [one, two] = charged.map((order) => idOf(order.transactions[0]?.uuid ?? ''));
    const ids = async (filter: object) => (await payments(filter)).map((row) => row._id);
    expect(await ids({})).toEqual([two, one]);
    expect(await ids({ entityId: idOf(sale.uuid) })).toEqual([one]);
    expect(await ids({ entityId: 'unknown' })).toEqual([]);
    expect(await ids({ contactId: SALE.contactId })).toEqual([one]);
    expect(await ids({ subscriptionId: 'sub_1KGc' })).toEqual([one]);
    expect(await ids({ subscriptionId: 'sub_1KGc', contactId: 'other' })).toEqual([]);
    expect(await ids({ entitySourceType: 'website' })).toEqual([one]);
    expect(await ids({ entitySourceSubType: 'store' })).toEqual([one]);
    expect(await ids({ entitySourceType: 'external' })).toEqual([two]);
    expect(await ids({ search: 'maxwell' })).toEqual([one]);
    expect(await ids({ paymentMode: 'live' })).toEqual([]);
    expect(await ids({ startAt: '2999-01-01' })).toEqual([]);
  });

  test('and an unknown one is not found', async () => {
    for (const id of ['ffffffffffffffffffffffff', 'nonsense']) {
      const answer = await face.call(location.pit, `GET /payments/transactions/${id}`, {
        query: { altId: location.id, altType: 'location' },
      });
      expect(answer).toMatchObject({ status: 400, body: { message: 'Transaction not found' } });
    }
  });
});

describe('a payment that is recorded by hand', () => {
  test.each([
    ['cash', {}, { type: 'cash' }],
    ['card', { card: { type: 'visa', last4: '4242' } }, { card: { brand: 'visa', last4: '4242' } }],
    ['cheque', { cheque: { number: '129-912' } }, { cheque: { number: '129-912' } }],
    ['bank_transfer', { notes: 'Received on Monday' }, { type: 'bank_transfer' }],
    ['other', { meta: { till: 3 } }, { type: 'other' }],
  ] as const)('as %s pays the order on both faces', async (mode, fields, paymentMethod) => {
    const { uuid } = await paylands.createOrder();
    const answer = await record(uuid, { mode, ...fields });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(violationsOf('record-order-payment', answer.body)).toEqual([]);
    expect(await orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['paid'] });
    expect(await payments({ entityId: idOf(uuid) })).toMatchObject([
      { amount: 10, status: 'succeeded', paymentProviderType: 'manual', paymentMethod },
    ]);
    expect(await paylands.order(uuid)).toMatchObject({
      status: 'SUCCESS',
      paid: true,
      captured: 1000,
      transactions: [{ operative: 'AUTHORIZATION', status: 'SUCCESS', amount: 1000, source: null }],
    });
  });

  test('in parts is due until it is covered', async () => {
    const { uuid } = await paylands.createOrder();
    await record(uuid, { amount: 2.5, isPartialPayment: true });
    expect(await orderStatus(uuid)).toEqual({
      status: 'pending',
      paymentStatus: ['partially_paid'],
    });
    expect(await paylands.order(uuid)).toMatchObject({
      status: 'CREATED',
      paid: false,
      captured: 250,
    });
    expect(await record(uuid, { amount: 7.51 })).toMatchObject({
      status: 400,
      body: { message: 'Amount exceeds what is due' },
    });
    expect(await record(uuid)).toMatchObject({ status: 200 });
    expect(await orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['paid'] });
    expect((await payments()).map((row) => row.amount)).toEqual([7.5, 2.5]);
  });

  test('is not paid twice, with a key or without', async () => {
    const { uuid } = await paylands.createOrder();
    const first = await record(uuid, {}, 'payment-1');
    const repeated = await record(uuid, {}, 'payment-1');
    expect(repeated.body).toEqual(first.body);
    expect(repeated.headers.get('idempotent-replayed')).toBe('true');
    expect(await record(uuid, { mode: 'other' }, 'payment-1')).toMatchObject({ status: 422 });
    expect(await record(uuid)).toMatchObject({
      status: 400,
      body: { message: 'Order is already paid' },
    });
    expect(await payments()).toHaveLength(1);
  });

  test('by twenty people at the same time is one payment', async () => {
    const { uuid } = await paylands.createOrder();
    const answers = await Promise.all(Array.from({ length: 20 }, () => record(uuid)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(await paylands.order(uuid)).toMatchObject({ captured: 1000 });
    expect(await payments()).toHaveLength(1);
  });

  test('in part cannot be completed by a card, nor be returned to one', async () => {
    const { uuid } = await paylands.createOrder();
    await record(uuid, { amount: 1 });
    const direct = { order_uuid: uuid, card_uuid: await paylands.saveCard() };
    expect((await paylands.post('/payment/direct', direct)).status).toBe(404);
    await record(uuid);
    expect((await paylands.post('/payment/direct', direct)).status).toBe(404);
    const refund = await paylands.post('/payment/refund', { order_uuid: uuid });
    expect(refund).toMatchObject({ status: 400, body: { details: 'Order is not refundable' } });
  });

  test('races with a charge: the order is paid once', async () => {
    const card_uuid = await paylands.saveCard();
    for (let round = 0; round < 5; round += 1) {
      const { uuid } = await paylands.createOrder();
      await Promise.all([
        record(uuid),
        paylands.post('/payment/direct', { order_uuid: uuid, card_uuid }),
      ]);
      expect(await paylands.order(uuid)).toMatchObject({ status: 'SUCCESS', captured: 1000 });
      expect(await payments({ entityId: idOf(uuid) })).toHaveLength(1);
    }
  });

  test('claims the reference of its order', async () => {
    const one = await paylands.createOrder({ reference: 'invoice-1' });
    const two = await paylands.createOrder({ reference: 'invoice-1' });
    expect(await record(one.uuid)).toMatchObject({ status: 200 });
    expect(await record(two.uuid)).toMatchObject({ status: 409 });
  });

  test.each([
    [
      { mode: 'barter' },
      'mode must be one of the following values: cash, card, cheque, bank_transfer, other',
    ],
    [{ amount: 10.001 }, 'amount must have at most 2 decimal places'],
    [{ amount: 0 }, 'amount must be a positive number'],
    [{ amount: '10' }, 'amount must be a number'],
    [{ isPartialPayment: true }, 'amount is required when isPartialPayment is true'],
    [{ card: { type: 'visa', last4: '42' } }, 'card.last4 must be 4 digits'],
    [{ cheque: {} }, 'cheque.number should not be empty'],
  ])('is refused for %j', async (fields, violation) => {
    const { uuid } = await paylands.createOrder();
    const answer = await record(uuid, fields);
    expect(answer).toMatchObject({ status: 422, body: { message: [violation] } });
    expect(await payments()).toEqual([]);
  });

  test('of an unknown order is 404', async () => {
    const answer = await record(mintUuid(Date.now()));
    expect(answer).toMatchObject({
      status: 404,
      body: { status: 404, message: 'Order not found' },
    });
  });
});
