import { HighLevel } from '@gohighlevel/api-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Local } from '#infra/local/start.ts';
import { startInMemory } from '#test/support/in-memory.ts';

let local: Local;

beforeAll(async () => {
  process.env.LOG_LEVEL = 'silent';
  local = await startInMemory();
});
afterAll(() => local.stop());

test('the demo location has orders, payments and coupons to begin with', async () => {
  const { baseUrl, token, appToken, locationId } = local.demo.highlevel;
  Reflect.set(HighLevel, 'BASE_URL', baseUrl);
  expect(token).toMatch(/^pit-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const [, claims = ''] = appToken.split('.');
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    authClass: 'Location',
    authClassId: locationId,
  });
  for (const one of [token, appToken]) {
    const { payments } = new HighLevel({ privateIntegrationToken: one, logLevel: 'none' });
    const alt = { altId: locationId, altType: 'location' as const };
    const orders = await payments.listOrders(alt);
    expect(orders.totalCount).toBe(3);
    expect(orders.data.map((order) => order.status)).toEqual(['pending', 'pending', 'completed']);
    const partly = await payments.listOrders({ ...alt, paymentStatus: 'partially_paid' });
    expect(partly.totalCount).toBe(1);
    const transactions = await payments.listTransactions(alt);
    expect(transactions.data.map((row) => row.amount)).toEqual([10, 46.5]);
    const coupons = await payments.listCoupons(alt);
    expect(coupons.data.map((coupon) => coupon.status)).toEqual(['scheduled', 'active']);
  }
});
