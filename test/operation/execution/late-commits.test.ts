import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deleteCard, saveCard } from '#ledger/cards/card-commands.ts';
import { charge, release } from '#ledger/payments/payment-commands.ts';
import { createCoupon, deleteCoupon } from '#ledger/purchases/coupon-commands.ts';
import type { HttpReply } from '#operation/http/exchange.ts';
import { expectBooksAgree } from '#test/support/books.ts';
import { Execution } from '#test/support/execution.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';

let dynamo: FaultyDynamo;
let execution: Execution;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  execution = await Execution.start(dynamo.endpoint);
});
afterAll(async () => {
  await execution.stop();
  await dynamo.stop();
});
beforeEach(() => execution.reset());

/** The next commit is cut off and sent again; the first of the two arrives when it is delivered. */
function holdBackOnce(): void {
  const faults = ['arrives_later' as const];
  dynamo.onTransaction(() => faults.shift() ?? 'none');
}

const couponOf = (code: string) => ({
  name: code,
  code,
  discount: { type: 'amount' as const, value: 5 },
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: null,
  usageLimit: null,
  customerLimit: null,
  products: [],
  prices: [],
  variants: [],
  renewals: { isApplied: true, months: null },
});

test('what was refused is not made when its first send arrives', async () => {
  const create = (code: string) =>
    execution.send(null, (context) => createCoupon(context, 'location', couponOf(code)));
  await create('SALE');
  const [first] = await execution.store.coupons(execution.merchant);
  holdBackOnce();
  expect(await create('SALE')).toMatchObject({ status: 400, body: 'coupon_code_taken' });
  await execution.send(null, async (context) => deleteCoupon(context, 'location', first?.id ?? ''));
  expect(await dynamo.deliver()).toBe(0);
  expect(await execution.store.coupons(execution.merchant)).toEqual([]);
  expect(await create('SALE'), 'the code is free').toMatchObject({ status: 200 });
});

test('what was deleted is not made again when its first send arrives', async () => {
  const draft = {
    holder: 'Jane Doe',
    number: { pan: '4548812049400004', cvv: '123' },
    expiryMonth: '12',
    expiryYear: '34',
    additional: null,
    origin: 'WEBSERVICE',
    customer: 'customer-1',
    validateWith: null,
  };
  holdBackOnce();
  const { body } = (await execution.send(null, (context) => saveCard(context, draft))) as HttpReply;
  const { uuid } = JSON.parse(body).card;
  const named = { card: uuid, customer: 'customer-1' };
  await execution.send(null, async (context) => deleteCard(context, named));
  expect(await dynamo.deliver()).toBe(0);
  expect(await execution.store.read(execution.merchant, { card: uuid })).toEqual({ card: null });
  expect(await execution.store.cardsOf(execution.merchant, 'customer-1')).toEqual([]);
  const again = await execution.send(null, async (context) => deleteCard(context, named));
  expect(again).toMatchObject({ status: 400, body: 'card_not_found' });
});

test('what was refused of an order is not done when its first send arrives', async () => {
  const held = await execution.seed({ intent: 'hold', reference: 'invoice-1' });
  const other = await execution.seed({ reference: 'invoice-1' });
  const pay = ({ order, card }: typeof held) => {
    const ids = { order: order.uuid, card: card.uuid, ip: null };
    return execution.send(null, (context) => charge(context, ids));
  };
  expect(await pay(held)).toMatchObject({ status: 200 });
  holdBackOnce();
  expect(await pay(other)).toMatchObject({ status: 400, body: 'reference_already_paid' });
  await execution.send(null, (context) => release(context, { order: held.order.uuid }));
  expect(await dynamo.deliver()).toBe(0);
  expect(await pay(other), 'the reference is free').toMatchObject({ status: 200 });
  const { order } = await execution.store.read(execution.merchant, { order: other.order.uuid });
  expect(order).toMatchObject({ captured: 1000, transactions: [{ status: 'succeeded' }] });
  await expectBooksAgree(execution);
});
