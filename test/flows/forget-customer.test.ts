import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { exportCustomer, forgetCustomer } from '#administration/customers.ts';
import { changeMerchant } from '#administration/merchants.ts';
import { setRule } from '#administration/security-rules.ts';
import expireOrders from '#functions/schedules/expire-orders.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Change } from '#ledger/core/store.ts';
import { type Client, expected } from '#test/support/client.ts';
import { invoke } from '#test/support/invoke.ts';
import { startReceiver } from '#test/support/receiver.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkMoney } from './check-money.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const target = () => ({ access: stack.runtime.access, ledger: stack.runtime.store });
const JANE = 'jane@shop.example';

/** A merchant whose customer has paid, with everything that can be kept of a person. */
async function withJane(options = {}): Promise<{ client: Client; tenant: Tenant; order: string }> {
  const { client, tenant } = await stack.newMerchant(options);
  const receiver = await startReceiver();
  const person = { external_id: JANE, first_name: 'Janet', last_name: 'Doevalue' };
  expected(await client.post('/customer/profile', { ...person, email: JANE }));
  expected(
    await client.post('/customer/address', {
      external_id: JANE,
      address1: 'Ronda Secreta',
      city: 'Castellón',
      state_code: 'Castellón',
      country: 'ESP',
      zip_code: '12006',
      default: true,
    }),
  );
  expected(
    await client.post('/customer/account', {
      external_id: JANE,
      account_type: 'PERSONAL',
      account_number: '100169168',
    }),
  );
  expected(
    await client.post('/payment-method/bank', {
      customer_ext_id: JANE,
      account_holder: 'Janet Doevalue',
      iban: 'ES9030350000070000000202',
    }),
  );
  const order = await client.createOrder({
    customer_ext_id: JANE,
    reference: `invoice-${tenant.merchant}`,
    url_post: receiver.at('/told'),
    extra_data: {
      profile: { first_name: 'Janet', email: JANE, phone: { number: '666554411', prefix: '34' } },
      payment: { installments: 1 },
    },
  });
  const card = await client.saveCard({ customer_ext_id: JANE, card_holder: 'Janet Doevalue' });
  expected(
    await client.post('/payment/direct', {
      order_uuid: order.uuid,
      card_uuid: card.uuid,
      customer_ip: '203.0.113.77',
    }),
  );
  expected(await client.refund(order.uuid, 300));
  await receiver.close();
  return { client, tenant, order: order.uuid };
}

/** Everything of a merchant in the table, in clear. */
async function kept(tenant: Tenant): Promise<string> {
  const all = [...(await scan('ledger'))].map((one) => JSON.stringify(one));
  return all.filter((one) => one.includes(tenant.merchant)).join('\n');
}

const PERSONAL = [
  /Janet/,
  /Doevalue/,
  /jane@shop/,
  /Ronda Secreta/,
  /666554411/,
  /203\.0\.113\.77/,
];

test('an export has all that is kept of a customer, numbers in clear', async () => {
  const { tenant, order } = await withJane();
  const all = await exportCustomer(target(), tenant, JANE);
  expect(all).toMatchObject({
    customer: JANE,
    profile: { firstName: 'Janet', email: JANE },
    addresses: [{ line1: 'Ronda Secreta' }],
    accounts: [{ number: '100169168' }],
    banks: [{ iban: 'ES9030350000070000000202' }],
    cards: [{ holder: 'Janet Doevalue', last4: '0004' }],
    orders: [{ uuid: order, refunded: 300 }],
  });
});

/** Has commits fail that write a payout, as if the process had died before. */
function dyingAtPayouts(): { [Symbol.dispose](): void } {
  const { store } = stack.runtime;
  const commit = store.commit.bind(store);
  const isPayout = (one: Change) => one.change === 'order' && one.order.intent === 'payout';
  const spy = vi.spyOn(store, 'commit').mockImplementation(async (tenant, changes, deadline) => {
    if (changes.some(isPayout)) throw new Error('died');
    return commit(tenant, changes, deadline);
  });
  return { [Symbol.dispose]: () => spy.mockRestore() };
}

/** What stands for a day in the place of the customer and of its file, by their keys alone. */
function isDeletion(item: string): boolean {
  const [name = '', value] = JSON.parse(item) as [string, Record<string, unknown>];
  return (
    / (CUSTOMER|FILE)$/.test(name) && 'gone' in value && 'expiresAt' in value && !('v' in value)
  );
}

describe('a customer who is forgotten', () => {
  test('is nowhere any more; amounts and references are', async () => {
    const { client, tenant, order } = await withJane();
    const before = await kept(tenant);
    for (const part of PERSONAL) expect(before).toMatch(part);
    const { orders, cards } = await forgetCustomer(target(), tenant, JANE);
    expect({ orders, cards }).toEqual({ orders: 1, cards: 1 });
    const after = await kept(tenant);
    const still = after.split('\n').filter((item) => !isDeletion(item));
    for (const part of PERSONAL) expect(still.join('\n')).not.toMatch(part);

    const left = await checkMoney(client, order);
    expect(left).toMatchObject({
      status: 'PARTIALLY_REFUNDED',
      captured: 1000,
      refunded: 300,
      reference: `invoice-${tenant.merchant}`,
      customer: expect.stringMatching(/^forgotten-[0-9a-f]{24}$/),
      transactions: [{ source: { last4: '0004', holder: '' } }, { operative: 'REFUND' }],
    });
    expect(expected(await client.refund(order, 700)).order.status).toBe('REFUNDED');
    const rows = await client.rows();
    expect(rows.map(({ amount }) => amount).toSorted((one, other) => one - other)).toEqual([
      300, 700, 1000,
    ]);
    expect((await client.get(`/customer/profile/${encodeURIComponent(JANE)}`)).status).toBe(404);
    expect((await client.get(`/customer/${encodeURIComponent(JANE)}/cards`)).status).toBe(404);
    expect((await client.get(`/customer/${encodeURIComponent(JANE)}/banks`)).status).toBe(404);
    await expect(forgetCustomer(target(), tenant, JANE)).rejects.toThrow('There is no customer');
  });

  test('is not named by what its payments were counted by, but for counters until they expire', async () => {
    const { client, tenant } = await stack.newMerchant();
    const rule = {
      kind: 'velocity',
      subject: 'customer',
      payments: 5,
      days: 1,
      score: 60,
    } as const;
    await setRule(target(), tenant, rule);
    const order = await client.createOrder({ customer_ext_id: JANE });
    const card = await client.saveCard({ customer_ext_id: JANE });
    expected(await client.charge(order.uuid, card.uuid));
    await forgetCustomer(target(), tenant, JANE);
    const all = (await kept(tenant)).split('\n').filter((item) => item.includes(JANE));
    const named = all.filter((item) => !isDeletion(item));
    expect(named.map((item) => JSON.parse(item))).toMatchObject([
      [expect.stringMatching(/ VELOCITY$/), { expiresAt: { N: expect.any(String) } }],
    ]);
  });

  test('is another one when the name comes back', async () => {
    const { client, tenant } = await withJane();
    await forgetCustomer(target(), tenant, JANE);
    expected(await client.post('/customer', { customer_ext_id: JANE }));
    const { cards } = expected(await client.get(`/customer/${encodeURIComponent(JANE)}/cards`));
    expect(cards).toEqual([]);
  });

  test('is in no payout either, paid or not, also when forgetting was interrupted', async () => {
    const { client, tenant } = await withJane({ testClock: true });
    const person = { first_name: 'Janet', email: JANE };
    const payout = (extra: object = {}) =>
      client.createOrder({
        ...{ customer_ext_id: JANE, operative: 'PAYOUT', expires_in: 600 },
        ...{ extra_data: { profile: person, halcash: { phone: '666554411' } }, ...extra },
      });
    const [paid, unpaid] = [await payout(), await payout()];
    expected(await client.post('/payment/payout', { order_uuid: paid.uuid }));
    await expect(forgetCustomer(target(), tenant, JANE)).rejects.toThrow(unpaid.uuid);
    await changeMerchant(stack.runtime.access, tenant, () => ({ clockOffsetMs: 3_600_000 }));
    await invoke(expireOrders);
    expect((await exportCustomer(target(), tenant, JANE)).orders).toHaveLength(3);

    {
      using _dying = dyingAtPayouts();
      await expect(forgetCustomer(target(), tenant, JANE)).rejects.toThrow('died');
    }
    const { orders } = await forgetCustomer(target(), tenant, JANE);
    expect(orders).toBe(3);
    const still = (await kept(tenant)).split('\n').filter((item) => !isDeletion(item));
    for (const part of PERSONAL) expect(still.join('\n')).not.toMatch(part);
    expect(await client.order(paid.uuid)).toMatchObject({ status: 'SUCCESS', amount: 1000 });
  });

  test('has no order that may still be paid', async () => {
    const { client, tenant } = await withJane();
    const { uuid } = await client.createOrder({ customer_ext_id: JANE });
    await expect(forgetCustomer(target(), tenant, JANE)).rejects.toThrow(uuid);
    expect((await client.get(`/customer/profile/${encodeURIComponent(JANE)}`)).status).toBe(200);
  });
});

test('nobody is exported who is unknown', async () => {
  const { tenant } = await stack.newMerchant();
  await expect(exportCustomer(target(), tenant, 'nobody')).rejects.toThrow('There is no customer');
});
