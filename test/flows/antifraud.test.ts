import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setRule, setThresholds } from '#administration/security-rules.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { itemUuid } from '#ledger/security/list-item.ts';
import type { SecurityRule } from '#ledger/security/security-policy.ts';
import { type Client, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { notOverMidnight } from '#test/support/midnight.ts';
import { startReceiver } from '#test/support/receiver.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkMoney } from './check-money.ts';

let stack: Stack;

beforeAll(async () => {
  await notOverMidnight();
  stack = await startStack({ settings: { SANDBOX_LATENCY_MS: '5' } });
});
afterAll(() => stack.stop());

/** A merchant with a list of a type that holds these items. */
async function listing(type: string, items: object[], services: string[] = []) {
  const { client, tenant } = await stack.newMerchant();
  const list = await addList(client, type, items, services);
  return { client, tenant, list };
}

async function addList(client: Client, type: string, items: object[], services: string[] = []) {
  const body = { type, enabled: true, description: type };
  const { colorlists } = expected(await client.post('/colorlists', body)) as unknown as {
    colorlists: { uuid: string };
  };
  for (const service_uuid of services) {
    expected(await client.post(`/colorlists/${colorlists.uuid}/services`, { service_uuid }));
  }
  if (items.length > 0) {
    expected(await client.post(`/colorlists/${colorlists.uuid}/items`, { items }));
  }
  return colorlists.uuid;
}

interface Payment {
  pan?: string;
  ip?: string;
  fields?: object;
}

/** Charges a new order of a customer with a new card. */
async function pay(client: Client, { pan = '4548812049400004', ip, fields = {} }: Payment = {}) {
  const order = await client.createOrder(fields);
  const card = await client.saveCard({ card_pan: pan });
  const answer = await client.post('/payment/direct', {
    order_uuid: order.uuid,
    card_uuid: card.uuid,
    customer_ip: ip,
  });
  return { ...answer, uuid: order.uuid };
}

/** Opens a page and posts its form. */
async function post(url: string, fields: Record<string, string>): Promise<void> {
  const text = await (await fetch(url)).text();
  const attempt = /name="attempt" value="([^"]+)"/.exec(text)?.[1] ?? '';
  await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...fields, attempt }),
  });
}

const rulesOf = async (...rules: SecurityRule[]) => {
  const { client, tenant } = await stack.newMerchant();
  const target = { access: stack.runtime.access, ledger: stack.runtime.store };
  for (const rule of rules) await setRule(target, tenant, rule);
  return { client, tenant, target };
};

const BLACKLISTED = {
  status: 'BLACKLISTED',
  paid: false,
  transactions: [
    {
      status: 'REFUSED',
      error: 'BLACKLISTED',
      authorization: '',
      processor_id: null,
      antifraud: { evaluation: 'BLACKLISTED', score: 0, risk_score: 50, fraud_score: 100 },
    },
  ],
};

describe('a black list', () => {
  const extra_data = {
    profile: { email: 'Mallory@mail.example.com', phone: { number: '666554411', prefix: '34' } },
  };

  test.each([
    { type: 'CARD', value: '4548 8120 4940 0004' },
    { type: 'BIN', value: '454881' },
    { type: 'BIN', value: '45488120' },
    { type: 'COUNTRY', value: 'ESP' },
    { type: 'CUSTOMER', value: 'customer' },
    { type: 'IP', value: '203.0.113.7' },
    { type: 'IP', value: '203.0.112.0/20' },
    { type: 'EMAIL', value: 'mallory@mail.example.com' },
    { type: 'EMAIL', value: '@example.com' },
    { type: 'PHONE', value: '+34 666 554 411' },
    { type: 'PHONE', value: '666554411' },
  ])('with the $type $value stops a payment before the acquirer', async (item) => {
    const { client } = await listing('BLACKLIST', [item]);
    const answer = await pay(client, { ip: '::ffff:203.0.113.7', fields: { extra_data } });
    expect(expected(answer).order).toMatchObject(BLACKLISTED);
    expect(expected(await client.get(`/order/${answer.uuid}`)).order).toMatchObject(BLACKLISTED);
    const again = await client.charge(answer.uuid, (await client.saveCard()).uuid);
    expect(again.status).toBe(404);
  });

  test.each([
    { number: '666 55 44 11', prefix: '+34' },
    { number: '666554411', prefix: '0034' },
    { number: '+34 666 554 411', prefix: '+34' },
    { number: '0034666554411', prefix: '34' },
  ])('knows a telephone as $prefix $number', async (phone) => {
    const { client } = await listing('BLACKLIST', [{ type: 'PHONE', value: '+34666554411' }]);
    const inOrder = await pay(client, { fields: { extra_data: { profile: { phone } } } });
    expect(expected(inOrder).order).toMatchObject(BLACKLISTED);
    const profile = { external_id: 'customer', first_name: 'Mallory', last_name: 'Doe', phone };
    expected(await client.post('/customer/profile', profile));
    expect(expected(await pay(client)).order).toMatchObject(BLACKLISTED);
  });

  test('lets pass what is not on it', async () => {
    const { client } = await listing('BLACKLIST', [
      { type: 'CARD', value: '4111111111111111' },
      { type: 'IP', value: '203.0.112.0/24' },
      { type: 'EMAIL', value: 'ample.com' },
    ]);
    const answer = await pay(client, { ip: '203.0.113.7', fields: { extra_data } });
    expect(expected(answer).order).toMatchObject({
      status: 'SUCCESS',
      transactions: [{ antifraud: { evaluation: 'NONE', score: 0 } }],
    });
  });

  test('stops nothing while it is disabled, nor once it is deleted', async () => {
    const { client, list } = await listing('BLACKLIST', [{ type: 'BIN', value: '454881' }]);
    expect(expected(await pay(client)).order.status).toBe('BLACKLISTED');
    expected(await client.send('PUT', `/colorlists/${list}`, {}));
    expect(expected(await pay(client)).order.status).toBe('SUCCESS');
    expected(await client.send('PUT', `/colorlists/${list}`, {}));
    expect(expected(await pay(client)).order.status).toBe('BLACKLISTED');
    expected(await client.send('DELETE', `/colorlists/${list}`, {}));
    expect(expected(await pay(client)).order.status).toBe('SUCCESS');
    const left = [...(await scan('ledger'))].map((one) => JSON.stringify(one));
    expect(left.filter((one) => one.includes(`#SECURITY_LIST#${list}`))).toEqual([]);
  });

  test('holds for its services alone', async () => {
    const { client } = await stack.newMerchant();
    const [service = ''] = Object.values(client.credentials.services);
    const list = await addList(client, 'BLACKLIST', [{ type: 'BIN', value: '454881' }], [service]);
    expect(expected(await pay(client)).order.status).toBe('BLACKLISTED');
    const { client: other } = await listing('BLACKLIST', [{ type: 'BIN', value: '411111' }]);
    expect(expected(await pay(other)).order.status).toBe('SUCCESS');
    expected(
      await client.send('DELETE', `/colorlists/${list}/services`, { service_uuid: service }),
    );
    expect(expected(await pay(client)).order.status).toBe('BLACKLISTED');
  });

  test('stops one-step, wallet, page and push payments, but none by telephone', async () => {
    const { client } = await listing('BLACKLIST', [
      { type: 'CUSTOMER', value: 'customer' },
      { type: 'PHONE', value: '666554411' },
    ]);
    const [service = ''] = Object.values(client.credentials.services);
    const card = {
      card_holder: 'Jane Doe',
      card_pan: '4548812049400004',
      card_expiry_month: '12',
      card_expiry_year: '34',
    };
    const draft = { amount: 100, operative: 'AUTHORIZATION', description: 'x', service };
    const oneStep = await client.post('/charge', {
      ...draft,
      customer_ext_id: 'customer',
      ...card,
    });
    expect(expected(oneStep).order.status).toBe('BLACKLISTED');
    const pushed = await client.createOrder({ extra_data });
    const push = await client.post('/payment/push', { order_uuid: pushed.uuid });
    expect(expected(push).order).toMatchObject({ status: 'BLACKLISTED' });
    const secure = await client.createOrder({ secure: true });
    await post(`${client.credentials.baseUrl}/payment/process/${secure.token}`, {
      action: 'pay',
      card: 'new',
      holder: 'Jane Doe',
      number: '4548812049400004',
      expiry: '12/34',
      cvv: '123',
    });
    expect(await client.order(secure.uuid)).toMatchObject(BLACKLISTED);
    const { uuid: source_uuid } = await client.saveCard();
    const named = await client.createOrder({ secure: true, source_uuid });
    await fetch(`${client.credentials.baseUrl}/payment/tokenized/${named.token}`);
    expect(await client.order(named.uuid)).toMatchObject(BLACKLISTED);
    const moto = await client.createOrder();
    const byPhone = await client.post('/payment/moto', {
      order_uuid: moto.uuid,
      method: 'PHONE',
      ...card,
    });
    expect(expected(byPhone).order).toMatchObject({
      status: 'SUCCESS',
      transactions: [{ antifraud: null }],
    });
  });

  test('shows in the list of cards', async () => {
    const { client, list } = await listing('BLACKLIST', [
      { type: 'CARD', value: '4548812049400004' },
    ]);
    await client.saveCard();
    await client.saveCard({ card_pan: '4111111111111111' });
    const flags = async () => {
      const { cards } = expected(await client.get('/customer/customer/cards?status=ALL'));
      return cards.map((card) => (card as unknown as { is_blacklisted: boolean }).is_blacklisted);
    };
    expect(await flags()).toEqual([true, false]);
    expected(await client.send('PUT', `/colorlists/${list}`, { enabled: false }));
    expect(await flags()).toEqual([false, false]);
  });

  test('frees the reference, and the merchant is told', async () => {
    const receiver = await startReceiver();
    const { client, list } = await listing('BLACKLIST', [{ type: 'BIN', value: '454881' }]);
    const fields = { reference: 'invoice-1', url_post: receiver.at('/barred') };
    expect(expected(await pay(client, { fields })).order.status).toBe('BLACKLISTED');
    expected(await client.send('PUT', `/colorlists/${list}`, { enabled: false }));
    expect(expected(await pay(client, { fields: { reference: 'invoice-1' } })).order.status).toBe(
      'SUCCESS',
    );
    await eventually(() => expect(receiver.received('/barred')).toHaveLength(1));
    expect(receiver.received('/barred')[0]?.text).toContain('BLACKLISTED');
    await receiver.close();
  });
});

test.each([
  { type: 'EMAIL', value: 'mallory@example.net' },
  { type: 'EMAIL', value: 'example.net' },
  { type: 'PHONE', value: '+34 666 000 111' },
  { type: 'PHONE', value: '600000222' },
])('a black list with the $type $value knows the profile of the customer', async (item) => {
  const { client } = await listing('BLACKLIST', [item]);
  const profile = {
    external_id: 'customer',
    first_name: 'Mallory',
    last_name: 'Doe',
    email: 'Mallory@example.net',
    phone: { prefix: '34', number: '666000111' },
    mobile_phone: { prefix: '34', number: '600000222' },
  };
  expect(expected(await pay(client)).order.status).toBe('SUCCESS');
  expected(await client.post('/customer/profile', profile));
  expect(expected(await pay(client)).order).toMatchObject(BLACKLISTED);
});

describe('a grey list', () => {
  test('has the buyer authenticate, who then pays', async () => {
    const { client } = await listing('GREYLIST', [{ type: 'BIN', value: '454881' }]);
    const other = await client.createOrder({ reference: 'grey' });
    const answer = await pay(client, { fields: { reference: 'grey' } });
    expect(answer.status).toBe(303);
    // Meanwhile the reference is not another order's to be paid with.
    const card = await client.saveCard({ card_pan: '4111111111111111' });
    const refused = await client.charge(other.uuid, card.uuid);
    expect(refused.status).toBe(409);
    expect(answer.headers).not.toHaveProperty('location');
    const order = await client.order(answer.uuid);
    expect(order).toMatchObject({
      status: 'REDIRECTED_TO_3DS',
      paid: false,
      transactions: [{ status: 'REFUSED', error: 'RISKY', antifraud: { evaluation: 'RISKY' } }],
    });
    expect(answer.body.details).toContain(`/payment/tokenized/${order.token}`);
    await post(answer.body.details, { action: 'approve' });
    const paid = await checkMoney(client, answer.uuid);
    expect(paid).toMatchObject({ status: 'SUCCESS', paid: true, captured: 1000 });
    expect(paid.transactions.at(-1)).toMatchObject({ antifraud: { evaluation: 'RISKY' } });
  });

  test('yields to a white list, and a black list yields to nothing', async () => {
    const item = { type: 'BIN', value: '454881' };
    const { client } = await listing('GREYLIST', [item]);
    await addList(client, 'WHITELIST', [item]);
    const white = await pay(client);
    expect(expected(white).order).toMatchObject({
      status: 'SUCCESS',
      transactions: [{ antifraud: { evaluation: 'WHITELISTED' } }],
    });
    await addList(client, 'BLACKLIST', [item]);
    expect(expected(await pay(client)).order.status).toBe('BLACKLISTED');
  });
});

describe('rules', () => {
  const byCard = (payments: number, score = 100): SecurityRule => ({
    kind: 'velocity',
    subject: 'card',
    payments,
    days: 3,
    score,
  });

  test('add their scores up to 3-D Secure, then to fraud', async () => {
    const { client, tenant, target } = await rulesOf(
      { kind: 'amount', most: 5000, score: 40 },
      { kind: 'countries', allowed: ['PT'], score: 30 },
    );
    const first = await pay(client);
    expect(expected(first).order).toMatchObject({
      status: 'SUCCESS',
      transactions: [{ antifraud: { evaluation: 'NONE', score: 30 } }],
    });
    const both = await pay(client, { fields: { amount: 5001 } });
    expect(both.status).toBe(303);
    await setThresholds(target, tenant, { authenticate: 20, refuse: 70 });
    const fraud = await pay(client, { fields: { amount: 5001 } });
    expect(expected(fraud).order).toMatchObject({
      status: 'FRAUD',
      transactions: [
        {
          status: 'REFUSED',
          error: 'FRAUD',
          error_details: { error_description: 'Security rules: maximumAmount, allowedCountries' },
          antifraud: { evaluation: 'FRAUD', score: 70, risk_score: 20, fraud_score: 70 },
        },
      ],
    });
  });

  test('count the successful payments of a card, whatever it is called', async () => {
    const { client } = await rulesOf(byCard(2));
    expect(expected(await pay(client, { pan: '4111111111111111' })).order.status).toBe('REFUSED');
    expect(expected(await pay(client, { pan: '4111111111111111' })).order.status).toBe('REFUSED');
    expect(expected(await pay(client, { pan: '4111111111111111' })).order.status).toBe('REFUSED');
    const statuses = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push(expected(await pay(client)).order.status);
    }
    expect(statuses).toEqual(['SUCCESS', 'SUCCESS', 'FRAUD', 'FRAUD']);
  });

  const byCustomer = (payments: number): SecurityRule => ({
    kind: 'velocity',
    subject: 'customer',
    payments,
    days: 1,
    score: 100,
  });

  test('count what is paid at a page by Bizum', async () => {
    const { client } = await rulesOf(byCustomer(1));
    const statuses = [];
    for (let count = 0; count < 2; count += 1) {
      const order = await client.createOrder();
      const url = `${client.credentials.baseUrl}/payment/bizum/${order.token}`;
      await post(url, { action: 'pay', phone: '700000000' });
      statuses.push((await client.order(order.uuid)).status);
    }
    expect(statuses).toEqual(['SUCCESS', 'FRAUD']);
  });

  test('are skipped for who is on a white list', async () => {
    const { client } = await rulesOf(byCard(1));
    await addList(client, 'WHITELIST', [{ type: 'CUSTOMER', value: 'customer' }]);
    for (let count = 0; count < 3; count += 1) {
      expect(expected(await pay(client)).order.status).toBe('SUCCESS');
    }
  });

  test('of 50 payments at once let pass as many as they allow', async () => {
    const { client } = await rulesOf(byCard(5));
    const card = await client.saveCard();
    const orders = await Promise.all(Array.from({ length: 50 }, () => client.createOrder()));
    const answers = await Promise.all(orders.map(({ uuid }) => client.charge(uuid, card.uuid)));
    const statuses = answers.map(({ status, body }) =>
      status === 200 ? body.order.status : status,
    );
    expect(statuses.filter((one) => one === 'SUCCESS')).toHaveLength(5);
    // A conflict says that nothing was done: the order can be charged again.
    for (const status of statuses) expect(['SUCCESS', 'FRAUD', 409]).toContain(status);
    const after = await Promise.all(orders.map(({ uuid }) => checkMoney(client, uuid)));
    expect(after.filter(({ paid }) => paid)).toHaveLength(5);
    expect(counters(await items(client), 'card')).toEqual([5]);
  });

  test('of an address and of a customer are counted apart, and expire by themselves', async () => {
    const { client } = await rulesOf(
      { kind: 'velocity', subject: 'ip', payments: 1, days: 7, score: 100 },
      { kind: 'velocity', subject: 'customer', payments: 2, days: 1, score: 100 },
    );
    expect(expected(await pay(client, { ip: '203.0.113.7' })).order.status).toBe('SUCCESS');
    expect(expected(await pay(client, { ip: '203.0.113.7' })).order.status).toBe('FRAUD');
    expect(expected(await pay(client, { ip: '203.0.113.8' })).order.status).toBe('SUCCESS');
    expect(expected(await pay(client, { ip: '203.0.113.9' })).order.status).toBe('FRAUD');
    const all = await items(client);
    const ends = all.map((one) => Number(/"expiresAt":\{"N":"(\d+)"\}/.exec(one)?.[1]) * 1000);
    expect(ends.length).toBe(3);
    for (const end of ends) {
      expect(end).toBeGreaterThan(Date.now() + 24 * 3600_000 - 1000);
      expect(end).toBeLessThan(Date.now() + 9 * 24 * 3600_000);
    }
  });

  test('write nothing more when there are none', async () => {
    const { client } = await listing('BLACKLIST', [{ type: 'BIN', value: '411111' }]);
    expect(expected(await pay(client)).order.status).toBe('SUCCESS');
    expect(await items(client)).toEqual([]);
  });

  test('of days are over with the days', async () => {
    const { client, tenant } = await rulesOf(byCard(1));
    expect(expected(await pay(client)).order.status).toBe('SUCCESS');
    expect(expected(await pay(client)).order.status).toBe('FRAUD');
    await moveClock(tenant, 2);
    expect(expected(await pay(client)).order.status).toBe('FRAUD');
    await moveClock(tenant, 3);
    expect(expected(await pay(client)).order.status).toBe('SUCCESS');
    expect(counters(await items(client), 'card')).toEqual([1, 1]);
    await moveClock(tenant, 13);
    expect(expected(await pay(client)).order.status).toBe('SUCCESS');
    expect(counters(await items(client), 'card')).toEqual([1]);
  });

  async function moveClock(tenant: Tenant, days: number) {
    const { access } = stack.runtime;
    const stored = await access.storedMerchant(tenant);
    if (stored === null) throw new Error('There is no such merchant');
    const clockOffsetMs = days * 24 * 3600_000;
    await access.putMerchant({ ...stored, clockOffsetMs, version: stored.version + 1 });
  }

  /** The velocity counters of a merchant. */
  async function items(client: Client): Promise<string[]> {
    const order = await client.createOrder();
    const { client: owner } = expected(await client.get(`/order/${order.uuid}`)) as unknown as {
      client: { uuid: string };
    };
    const all = [...(await scan('ledger'))].map((one) => JSON.stringify(one));
    return all.filter((one) => one.includes(`#${owner.uuid}#VELOCITY#`));
  }

  const counters = (all: string[], subject: string) =>
    all
      .filter((one) => one.includes(`#VELOCITY#${subject}#`))
      .flatMap((one) => [...one.matchAll(/"d\d{8}":\{"N":"(-?\d+)"\}/g)].map(([, n]) => Number(n)));
});

test('an item that is added while payments run stops those that come after', async () => {
  const { client, list } = await listing('BLACKLIST', []);
  const card = await client.saveCard();
  const orders = await Promise.all(Array.from({ length: 20 }, () => client.createOrder()));
  const [added, ...answers] = await Promise.all([
    client.post(`/colorlists/${list}/items`, { items: [{ type: 'BIN', value: '454881' }] }),
    ...orders.map(({ uuid }) => client.charge(uuid, card.uuid)),
  ]);
  expected(added);
  for (const answer of answers) {
    expect(['SUCCESS', 'BLACKLISTED']).toContain(expected(answer).order.status);
  }
  for (const { uuid } of orders) await checkMoney(client, uuid);
  expect(expected(await pay(client)).order.status).toBe('BLACKLISTED');
});

test('a list takes 2,000 items, and then only what it has already', async () => {
  const { client, list } = await listing('GREYLIST', []);
  const itemsFrom = (first: number, count = 40) =>
    Array.from({ length: count }, (_, index) => ({
      type: 'CUSTOMER',
      value: `customer ${first + index}`,
    }));
  const add = (items: object[]) => client.post(`/colorlists/${list}/items`, { items });
  for (let first = 0; first < 1960; first += 40) expected(await add(itemsFrom(first)));
  expected(await add(itemsFrom(1960, 20)));
  expect(await add(itemsFrom(1980))).toMatchObject({
    status: 400,
    body: { details: 'The list cannot take so many items: it has 1980 of 2000' },
  });
  expected(await add(itemsFrom(1980, 20)));
  expected(await add(itemsFrom(1960)));
  expect((await add(itemsFrom(2000, 1))).status).toBe(400);
}, 120_000);

test('all lists together take what one answer has room for', async () => {
  const { client, tenant, list } = await listing('BLACKLIST', []);
  const other = await addList(client, 'GREYLIST', []);
  // Answers escape what is not ASCII: such an item takes most room.
  const longValue = (index: number) => `${index}`.padStart(255, 'ñ');
  const store = async (uuid: string, from: number, count: number) => {
    const changes = Array.from({ length: count }, (_, index) => {
      const value = longValue(from + index);
      const match = `CUSTOMER#${value}`;
      const own = { uuid: itemUuid(uuid, match), type: 'CUSTOMER' as const, value, match };
      const item = { ...own, createdAt: new Date().toISOString() };
      return { change: 'list_item_added' as const, list: uuid, item };
    });
    await stack.runtime.store.commit(tenant, changes);
  };
  for (let from = 0; from < 2000; from += 40) await store(list, from, 40);
  for (let from = 2000; from < 2720; from += 40) await store(other, from, 40);
  const add = (from: number) => {
    const items = Array.from({ length: 40 }, (_, index) => ({
      type: 'CUSTOMER',
      value: longValue(from + index),
    }));
    return client.post(`/colorlists/${other}/items`, { items });
  };
  expected(await add(2720));
  expect(await add(2760)).toMatchObject({
    status: 400,
    body: { details: 'All lists together cannot take so many items: they have 2760' },
  });
  // What is there already takes no room.
  expected(await add(2720));
  const answer = await client.get('/colorlists');
  const { colorlists } = expected(answer) as unknown as { colorlists: { items: object[] }[] };
  expect(colorlists.map(({ items }) => items.length)).toEqual([2000, 760]);
  expect(Buffer.byteLength(answer.text)).toBeLessThan(6 * 1024 * 1024);
}, 120_000);

test('a merchant has up to 100 lists', async () => {
  const { client } = await stack.newMerchant();
  const create = () =>
    client.post('/colorlists', { type: 'WHITELIST', enabled: false, description: 'One of many' });
  for (let count = 0; count < 100; count += 1) expected(await create());
  expect(await create()).toMatchObject({
    status: 400,
    body: { details: 'There are too many lists: delete one first' },
  });
}, 120_000);
