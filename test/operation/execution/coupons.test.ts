import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LedgerContext } from '#ledger/core/context.ts';
import {
  createCoupon,
  deleteCoupon,
  findCoupon,
  getCoupon,
  listCoupons,
  replaceCoupon,
} from '#ledger/purchases/coupon-commands.ts';
import type { HttpReply } from '#operation/http/exchange.ts';
import { couponDraft } from '#test/support/coupons.ts';
import { Execution } from '#test/support/execution.ts';

let execution: Execution;

beforeAll(async () => {
  execution = await Execution.start();
});
afterAll(() => execution.stop());

const DRAFT = couponDraft('XMAS');

test('a coupon is of its location, also where a merchant comes to have another', async () => {
  const made = await execution.send(null, (context) => createCoupon(context, 'one', DRAFT));
  const { id } = JSON.parse((made as HttpReply).body);
  const asked = (work: (context: LedgerContext) => Promise<unknown>) => execution.send(null, work);
  const unknown = { status: 400, body: 'coupon_not_found' };
  expect(await asked((context) => getCoupon(context, 'two', id))).toEqual(unknown);
  expect(await asked((context) => findCoupon(context, 'two', 'xmas'))).toEqual(unknown);
  expect(await asked((context) => replaceCoupon(context, 'two', id, DRAFT))).toEqual(unknown);
  expect(await asked((context) => deleteCoupon(context, 'two', id))).toEqual(unknown);
  const page = { status: null, search: null, limit: 10, offset: 0 };
  for (const [location, total] of [
    ['one', 1],
    ['two', 0],
  ] as const) {
    const reply = await asked((context) => listCoupons(context, location, page));
    expect(JSON.parse((reply as HttpReply).body)).toMatchObject({ total });
  }
  expect(await asked((context) => getCoupon(context, 'one', id))).toMatchObject({ status: 200 });
});
