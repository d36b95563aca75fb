import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintUuid } from '#ledger/core/ids.ts';
import { type BothFaces, bothFaces, idOf } from '#test/highlevel/support/both-faces.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';
import { eventually } from '#test/support/eventually.ts';
import { fillOrder } from '#test/support/full-order.ts';
import { startReceiver } from '#test/support/receiver.ts';

let face: Face;
let both: BothFaces;

beforeAll(async () => {
  // Nobody accepts a payment on the telephone while a test looks.
  process.env.SANDBOX_PUSH_SECONDS = '900';
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  both = await bothFaces(face);
});

describe('a payment that is recorded offline', () => {
  test.each([
    ['cash', {}, {}],
    ['card', { card: { type: 'visa', last4: '4242' } }, { card: { brand: 'visa', last4: '4242' } }],
    ['cheque', { cheque: { number: '129-912' } }, {}],
    ['bank_transfer', { notes: 'Received on Monday' }, {}],
    ['other', { meta: { till: 3 } }, {}],
  ] as const)('as %s pays the order on both faces', async (mode, fields, paymentMethod) => {
    const { uuid } = await both.paylands.createOrder();
    const answer = await both.record(uuid, { mode, ...fields });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(violationsOf('record-order-payment', answer.body)).toEqual([]);
    expect(await both.orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['paid'] });
    const [payment, ...others] = await both.payments({ entityId: idOf(uuid) });
    expect(others).toEqual([]);
    expect(payment).toMatchObject({
      amount: 10,
      status: 'succeeded',
      paymentProviderType: 'manual',
      currencyOptions: { code: 'EUR', symbol: '€' },
    });
    expect(payment?.paymentMethod).toEqual(paymentMethod);
    expect(payment?.chargeSnapshot).toEqual({
      mode,
      cheque: { number: Reflect.get(fields, 'cheque')?.number ?? '' },
      notes: Reflect.get(fields, 'notes') ?? '',
    });
    expect(await both.paylands.order(uuid)).toMatchObject({
      status: 'SUCCESS',
      paid: true,
      captured: 1000,
      transactions: [{ operative: 'AUTHORIZATION', status: 'SUCCESS', amount: 1000, source: null }],
    });
  });

  test('may have its numbers and flags as text', async () => {
    const { uuid } = await both.paylands.createOrder();
    const fields = { mode: 'cash', amount: '4.5', isPartialPayment: 'true' };
    expect(await both.record(uuid, fields)).toMatchObject({ status: 200 });
    expect(await both.payments({ entityId: idOf(uuid) })).toMatchObject([{ amount: 4.5 }]);
  });

  test('is notified to the merchant when it pays the order', async () => {
    const receiver = await startReceiver();
    const { uuid } = await both.paylands.createOrder({ url_post: receiver.at('/recorded') });
    await both.record(uuid, { mode: 'cash' });
    await eventually(() => expect(receiver.received('/recorded')).toHaveLength(1));
    await receiver.close();
  });

  test('in parts is due until it is covered', async () => {
    const { uuid } = await both.paylands.createOrder();
    await both.record(uuid, { amount: 2.5, isPartialPayment: true });
    expect(await both.orderStatus(uuid)).toEqual({
      status: 'pending',
      paymentStatus: ['partially_paid'],
    });
    expect(await both.paylands.order(uuid)).toMatchObject({
      status: 'CREATED',
      paid: false,
      captured: 250,
    });
    expect(await both.record(uuid, { amount: 7.51 })).toMatchObject({
      status: 400,
      body: { message: 'Amount exceeds what is due' },
    });
    expect(await both.record(uuid)).toMatchObject({ status: 200 });
    expect(await both.orderStatus(uuid)).toEqual({ status: 'completed', paymentStatus: ['paid'] });
    expect((await both.payments()).map((row) => row.amount)).toEqual([7.5, 2.5]);
  });

  test('is not paid twice, with a key or without', async () => {
    const { uuid } = await both.paylands.createOrder();
    const first = await both.record(uuid, {}, 'payment-1');
    const repeated = await both.record(uuid, {}, 'payment-1');
    expect(repeated.body).toEqual(first.body);
    expect(repeated.headers.get('idempotent-replayed')).toBe('true');
    expect(await both.record(uuid, { mode: 'other' }, 'payment-1')).toMatchObject({ status: 422 });
    expect(await both.record(uuid)).toMatchObject({
      status: 400,
      body: { message: 'Order is already paid' },
    });
    expect(await both.payments()).toHaveLength(1);
  });

  test('by twenty people at the same time is one payment', async () => {
    const { uuid } = await both.paylands.createOrder();
    const answers = await Promise.all(Array.from({ length: 20 }, () => both.record(uuid)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(await both.paylands.order(uuid)).toMatchObject({ captured: 1000 });
    expect(await both.payments()).toHaveLength(1);
  });

  test('in part cannot be completed by a card, nor be returned to one', async () => {
    const { uuid } = await both.paylands.createOrder();
    await both.record(uuid, { amount: 1 });
    const direct = { order_uuid: uuid, card_uuid: await both.paylands.saveCard() };
    expect(await both.paylands.post('/payment/direct', direct)).toMatchObject({
      status: 404,
      body: { details: expect.stringMatching(/^Order token not found: a part .* paid offline/) },
    });
    await both.record(uuid);
    expect(await both.paylands.post('/payment/direct', direct)).toMatchObject({
      status: 404,
      body: { details: 'Order token not found: the order is already paid' },
    });
    const refund = await both.paylands.post('/payment/refund', { order_uuid: uuid });
    expect(refund).toMatchObject({
      status: 400,
      body: { details: 'Order is not refundable: it was paid offline' },
    });
  });

  test.each([
    ['/payment/moto', { method: 'PHONE' }],
    ['/payment/wallet', { wallet: 'GOOGLEPAY', payload: '{}' }],
  ])('in part leaves nothing to pay for %s', async (path, fields) => {
    const { uuid } = await both.paylands.createOrder();
    await both.record(uuid, { amount: 1 });
    const source = path === '/payment/moto' ? { source_uuid: await both.paylands.saveCard() } : {};
    const answer = await both.paylands.post(path, { order_uuid: uuid, ...fields, ...source });
    expect(answer.status).toBe(404);
    expect(await both.paylands.order(uuid)).toMatchObject({ status: 'CREATED', captured: 100 });
  });

  test('races with a charge: the order is paid once', async () => {
    const card_uuid = await both.paylands.saveCard();
    for (let round = 0; round < 5; round += 1) {
      const { uuid } = await both.paylands.createOrder();
      await Promise.all([
        both.record(uuid),
        both.paylands.post('/payment/direct', { order_uuid: uuid, card_uuid }),
      ]);
      expect(await both.paylands.order(uuid)).toMatchObject({ status: 'SUCCESS', captured: 1000 });
      expect(await both.payments({ entityId: idOf(uuid) })).toHaveLength(1);
    }
  });

  test('claims the reference of its order', async () => {
    const one = await both.paylands.createOrder({ reference: 'invoice-1' });
    const two = await both.paylands.createOrder({ reference: 'invoice-1' });
    expect(await both.record(one.uuid)).toMatchObject({ status: 200 });
    expect(await both.record(two.uuid)).toMatchObject({ status: 409 });
  });

  test.each([
    [
      { mode: 'barter' },
      'mode must be one of the following values: cash, card, cheque, bank_transfer, other',
    ],
    [{ amount: 10.001 }, 'amount must have at most 2 decimal places'],
    [{ amount: 0 }, 'amount must be a positive number'],
    [{ amount: '10,50' }, 'amount must be a number'],
    [{ amount: '10.505' }, 'amount must have at most 2 decimal places'],
    [{ amount: '1e1' }, 'amount must be a number'],
    [{ isPartialPayment: 'partly', amount: 5 }, 'isPartialPayment must be a boolean'],
    [{ isPartialPayment: true }, 'amount is required when isPartialPayment is true'],
    [{ card: { type: 'visa', last4: '42' } }, 'card.last4 must be 4 digits'],
    [{ cheque: {} }, 'cheque.number should not be empty'],
  ])('is refused for %j', async (fields, violation) => {
    const { uuid } = await both.paylands.createOrder();
    const answer = await both.record(uuid, fields);
    expect(answer).toMatchObject({ status: 422, body: { message: [violation] } });
    expect(await both.payments()).toEqual([]);
  });

  test('waits for a buyer who was asked to accept a payment on the telephone', async () => {
    const extra_data = { profile: { phone: { prefix: '+34', number: '700000000' } } };
    const { uuid } = await both.paylands.createOrder({ extra_data });
    const push = await both.paylands.post('/payment/push', { order_uuid: uuid });
    expect(push).toMatchObject({ status: 200, body: { order: { status: 'PENDING_PAYMENT' } } });
    expect(await both.record(uuid)).toMatchObject({
      status: 409,
      body: { message: 'Payment recording already in progress' },
    });
  });

  test('is for payments, not for payouts', async () => {
    const { uuid } = await both.paylands.createOrder({ operative: 'PAYOUT' });
    expect(await both.record(uuid)).toMatchObject({
      status: 400,
      body: { message: 'Order is not a payment' },
    });
  });

  test('is refused where the order can hold no more', async () => {
    const { uuid } = await both.paylands.createOrder();
    await fillOrder(both.location.tenant, uuid);
    expect(await both.record(uuid)).toMatchObject({
      status: 400,
      body: { message: 'Order can hold no more' },
    });
  });

  test('of an unknown order is 404', async () => {
    const answer = await both.record(mintUuid(Date.now()));
    expect(answer).toMatchObject({
      status: 404,
      body: { status: 404, message: 'Order not found' },
    });
  });
});
