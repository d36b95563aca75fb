import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BothFaces, bothFaces, idOf } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';
import { AMOUNT, SALE } from '#test/highlevel/support/purchase.ts';

let face: Face;
let both: BothFaces;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  both = await bothFaces(face);
});

describe('what happens on the Paylands face shows on the HighLevel face', () => {
  test('a payout, which is in no list, however it is looked for', async () => {
    const { paylands } = both;
    const card = await paylands.saveCard();
    await paylands.charge((await paylands.createOrder()).uuid, card);
    const payout = await paylands.createOrder({ operative: 'PAYOUT' });
    expect((await both.orderStatus(payout.uuid)).paymentStatus).toEqual([]);
    const body = { order_uuid: payout.uuid, source_uuid: card };
    expect((await paylands.post('/payment/payout', body)).body.order.status).toBe('SUCCESS');
    expect((await both.orderStatus(payout.uuid)).paymentStatus).toEqual([]);
  });

  test('a charge that is returned in parts', async () => {
    const { uuid } = await both.paylands.createOrder();
    expect(await both.orderStatus(uuid)).toEqual({ status: 'pending', paymentStatus: ['unpaid'] });
    expect(await both.payments()).toEqual([]);
    const charged = await both.paylands.charge(uuid, await both.paylands.saveCard());
    const payment = charged.transactions[0];
    expect(await both.orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['paid'] });
    expect(await both.payments({ entityId: idOf(uuid) })).toMatchObject([
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
    await both.paylands.post('/payment/refund', { order_uuid: uuid, amount: 350 });
    expect(await both.orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['paid'] });
    expect(await both.payments()).toMatchObject([{ amountRefunded: 3.5, status: 'succeeded' }]);
    await both.paylands.post('/payment/refund', { order_uuid: uuid });
    expect(await both.orderStatus(uuid)).toEqual({
      status: 'completed',
      paymentStatus: ['refunded'],
    });
    expect(await both.payments()).toMatchObject([{ amountRefunded: 10, status: 'refunded' }]);
  });

  test('a hold that is captured in part', async () => {
    const { uuid } = await both.paylands.createOrder({ operative: 'DEFERRED' });
    await both.paylands.charge(uuid, await both.paylands.saveCard());
    expect(await both.orderStatus(uuid)).toEqual({ status: 'pending', paymentStatus: ['unpaid'] });
    expect(await both.payments()).toMatchObject([{ amount: 10, status: 'pending' }]);
    await both.paylands.post('/payment/confirmation', { order_uuid: uuid, amount: 400 });
    expect(await both.orderStatus(uuid)).toEqual({
      status: 'completed',
      paymentStatus: ['partially_paid'],
    });
    expect(await both.payments()).toMatchObject([{ amount: 4, status: 'succeeded' }]);
  });

  test('a hold that is released', async () => {
    const { uuid } = await both.paylands.createOrder({ operative: 'DEFERRED' });
    await both.paylands.charge(uuid, await both.paylands.saveCard());
    await both.paylands.post('/payment/cancellation', { order_uuid: uuid });
    expect(await both.orderStatus(uuid)).toEqual({ status: 'canceled', paymentStatus: ['unpaid'] });
    expect(await both.payments()).toMatchObject([{ status: 'canceled' }]);
  });

  test('every transaction can be read by its id', async () => {
    const { uuid } = await both.paylands.createOrder({
      amount: AMOUNT,
      extra_data: { highlevel: SALE },
    });
    await both.paylands.charge(uuid, await both.paylands.saveCard());
    const { body } = await both.paylands.post('/payment/refund', { order_uuid: uuid, amount: 10 });
    const statuses = [];
    for (const transaction of body.order.transactions) {
      const found = await both.sdk.payments.getTransactionById({
        altId: both.location.id,
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

test('few orders of a kind are found among many others', async () => {
  const { paylands, location, sdk } = both;
  const others = async () => {
    for (let count = 0; count < 3; count += 1) await paylands.createOrder();
  };
  // Whatever ten seconds the paid one is counted in, three others are counted with it.
  await others();
  const { uuid } = await paylands.createOrder();
  await paylands.charge(uuid, await paylands.saveCard());
  await others();
  const filter = { altId: location.id, paymentStatus: 'paid', limit: 1 };
  const found = await sdk.payments.listOrders(filter as never);
  expect(found).toMatchObject({ data: [{ _id: idOf(uuid) }], totalCount: 1 });
});

describe('payments are listed', () => {
  test('by every filter', async () => {
    const purchase = await both.paylands.createOrder({
      amount: AMOUNT,
      extra_data: { highlevel: { ...SALE, subscriptionId: 'sub_1KGc' } },
    });
    const plain = await both.paylands.createOrder();
    const card = await both.paylands.saveCard();
    const charged = [];
    for (const { uuid } of [purchase, plain]) charged.push(await both.paylands.charge(uuid, card));
    const [one, two] = charged.map((order) => idOf(order.transactions[0]?.uuid ?? ''));
    const ids = async (filter: object) => (await both.payments(filter)).map((row) => row._id);
    expect(await ids({})).toEqual([two, one]);
    expect(await ids({ entityId: idOf(purchase.uuid) })).toEqual([one]);
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
      const answer = await face.call(both.location.pit, `GET /payments/transactions/${id}`, {
        query: { altId: both.location.id, altType: 'location' },
      });
      expect(answer).toMatchObject({ status: 400, body: { message: 'Transaction not found' } });
    }
  });
});
