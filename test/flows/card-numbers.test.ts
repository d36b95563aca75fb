import { afterAll, beforeAll, expect, test } from 'vitest';
import { open, submit } from '#test/clients/buyer.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ remembers: true });
});
afterAll(() => stack.stop());

const PAN = '4548812049400004';

function order(fields: object, key?: string) {
  const draft = {
    amount: 1000,
    operative: 'AUTHORIZATION',
    description: 'Test',
    customer_ext_id: 'customer',
    service: stack.demo.credentials.services.redsys,
    ...fields,
  };
  return stack.demo.post('/payment', draft, key === undefined ? {} : { key });
}

test.each(['customer_ext_id', 'reference'])('%s that is a card number is refused', async (name) => {
  const answer = await order({ [name]: PAN });
  expect(answer).toMatchObject({ status: 400, body: { details: expect.stringContaining(name) } });
  expect(answer.text).not.toContain(PAN);
});

test('an idempotency key that is a card number is refused', async () => {
  expect(await order({}, PAN)).toMatchObject({ status: 400 });
});

test.each([
  ['description', { description: `card ${PAN}` }],
  ['additional', { additional: '4548 8120 4940 0004' }],
  ['extra_data', { extra_data: { note: PAN } }],
])('a card number in %s is taken, and masked', async (_, fields) => {
  const answer = await order(fields);
  expect(answer.status).toBe(200);
  const { uuid } = answer.body.order;
  const { order: kept } = await stack.runtime.store.read(stack.demoTenant, { order: uuid });
  expect(JSON.stringify(kept)).toContain('****0004');
  for (const text of [answer.text, JSON.stringify(kept)]) {
    expect(text.replaceAll(' ', '')).not.toContain(PAN);
  }
});

const PRODUCT = { name: 'News', external_id: 'news' };
const PLAN = { name: 'Daily', external_id: 'daily', product: 'news', amount: 1, interval: 1 };
const BANK = { customer_ext_id: 'customer', iban: 'ES9030350000070000000202' };
const CAMPAIGN = { description: 'Sale', type: 'CUSTOM_DELIVERY', expires_at: '2035-01-01' };
const LINK = { amount: 1, operative: 'AUTHORIZATION', secure: false };

test.each([
  ['name', '/subscriptions/product', { ...PRODUCT, name: PAN }],
  ['name', '/subscriptions/plan', { ...PLAN, name: PAN, interval_type: 'DAILY' }],
  ['account_holder', '/payment-method/bank', { ...BANK, account_holder: PAN }],
  ['payments', '/payment/moto/json', { ...CAMPAIGN, payments: [{ ...LINK, destination: PAN }] }],
])('%s of %s that is a card number is refused', async (field, path, body) => {
  const { redsys: service_uuid } = stack.demo.credentials.services;
  const answer = await stack.demo.post(path, { service_uuid, ...body });
  expect(answer).toMatchObject({
    status: 400,
    body: { details: expect.stringContaining(field) },
  });
  expect(answer.text).not.toContain(PAN);
});

test.each([
  ['/payment-method/bank', { ...BANK, account_holder: 'Jane Doe', additional: PAN }],
  ['/colorlists', { type: 'BLACKLIST', enabled: false, description: PAN }],
  [
    '/payment/moto/json',
    {
      ...CAMPAIGN,
      description: PAN,
      subject: PAN,
      payments: [{ ...LINK, destination: 'counter', additional: PAN }],
    },
  ],
])('a card number in the texts of %s is taken, and kept nowhere', async (path, body) => {
  const { redsys: service_uuid } = stack.demo.credentials.services;
  const answer = await stack.demo.post(path, { service_uuid, ...body });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.text).not.toContain(PAN);
  expect(JSON.stringify([...(await scan('ledger'))])).not.toContain(PAN);
});

test('the subject of a link is masked, and has one line', async () => {
  const { uuid: order_uuid } = await stack.demo.createOrder();
  const send = (subject: string) =>
    stack.demo.post('/payment/send', { order_uuid, destination: 'jane@example.com', subject });
  expect(await send('Pay\nBcc: joe@example.com')).toMatchObject({ status: 400 });
  expect(await send(`For ${PAN}`)).toMatchObject({ status: 200 });
  expect(JSON.stringify([...(await scan('ledger'))])).not.toContain(PAN);
});

test('a row of a file is kept without card numbers', async () => {
  const { tenant, client } = await stack.newMerchant();
  const card = await client.saveCard();
  const { redsys } = client.credentials.services;
  const csv = [
    'AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE,ADDITIONAL,EXTRA_DATA',
    `100,${card.uuid},customer,${redsys},${PAN},note=${PAN}`,
  ].join('\n');
  const execute_at = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const file = { data: btoa(csv), filename: `${PAN}.csv`, execute_at };
  expect(await client.post('/batch/authorizations', file)).toMatchObject({
    status: 200,
    body: { errors: [] },
  });
  const [batch] = await stack.runtime.store.batches(tenant);
  expect(batch?.filename).toBe('****0004.csv');
  const key = { batch: batch?.uuid ?? '', number: 0 };
  const { batchRows } = await stack.runtime.store.read(tenant, { batchRows: key });
  expect(batchRows).toMatchObject([{ additional: '****0004', extraData: { note: '****0004' } }]);
});

test.each(['jane@example.com\r\nBcc: joe@example.com', 'jane@example.com\n', 'jane', 'a b@c.de'])(
  '%j is no e-mail address',
  async (email) => {
    const answer = await order({ extra_data: { profile: { email } } });
    expect(answer).toMatchObject({
      status: 400,
      body: { details: expect.stringContaining('email') },
    });
    const { uuid } = (await order({})).body.order;
    for (const [path, body] of [
      ['/payment/send', { order_uuid: uuid, destination: email, subject: 'Pay' }],
      ['/customer/profile', { external_id: 'customer', first_name: 'A', last_name: 'B', email }],
    ] as const) {
      expect(await stack.demo.post(path, body), path).toMatchObject({ status: 400 });
    }
  },
);

test.each(['/payment/refund', '/payment/confirmation'])(
  '%s of an empty amount returns nothing at all',
  async (path) => {
    const { uuid } = await stack.demo.paidOrder();
    const answer = await stack.demo.post(path, { order_uuid: uuid, amount: '' });
    expect(answer).toMatchObject({
      status: 400,
      body: { details: expect.stringContaining('amount') },
    });
    expect(await stack.demo.order(uuid)).toMatchObject({ status: 'SUCCESS', refunded: 0 });
  },
);

test('the token of a customer is repeated to who asks again, and nowhere in clear', async () => {
  const ask = () => stack.demo.post('/customer', { customer_ext_id: 'secret' }, { key: 'token' });
  const first = await ask();
  const again = await ask();
  expect(again.text).toBe(first.text);
  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
  const { Customer } = first.body as unknown as { Customer: { token: string } };
  expect(Customer.token).toMatch(/^[0-9a-f]{128}$/);
  const kept = JSON.stringify([...(await scan('ledger'))]);
  expect(kept).toContain('customer_token'.toUpperCase());
  expect(kept).not.toContain(Customer.token);
});

const GROUPED = '4548 8120 4940 0004';

test.each([
  ['holder', { holder: GROUPED }],
  ['expiry', { expiry: PAN }],
])(
  'a card number that a buyer types into %s of a page is not sent back, nor kept',
  async (field, typed) => {
    const { token = '' } = await stack.demo.createOrder();
    const page = await open(`${stack.demo.credentials.baseUrl}/payment/process/${token}`);
    const card = { number: PAN, expiry: '12/34', cvv: '123', holder: 'Jane Doe', ...typed };
    const again = await submit(page, card);
    expect(again.status).toBe(422);
    expect(again.text).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"`));
    // The sandbox shows its test cards beside the form.
    expect(again.text).not.toContain('value="4548');
    expect(JSON.stringify([...(await scan('ledger'))])).not.toMatch(/4548 ?8120 ?4940 ?0004/);
  },
);

test('one in the place of a telephone, a language or a theme is not sent back either', async () => {
  const { baseUrl } = stack.demo.credentials;
  const { token = '' } = await stack.demo.createOrder();
  for (const number of [PAN, GROUPED]) {
    const phone = await submit(await open(`${baseUrl}/payment/bizum/${token}`), { phone: number });
    expect(phone.text).not.toContain('value="4548');
    const query = new URLSearchParams({ lang: number, theme: number });
    const checkout = await open(`${baseUrl}/payment/checkout/${token}?${query}`);
    expect(checkout.text).not.toContain('=4548');
  }
  const kept = await open(`${baseUrl}/payment/checkout/${token}?lang=es_419.UTF-8&theme=dark`);
  expect(kept.text).toContain('?lang=es_419.UTF-8&#38;theme=dark');
});

test('an address that nothing answers to is repeated without it', async () => {
  const answer = await stack.demo.get(`/payments/${GROUPED.replaceAll(' ', '%20')}`);
  expect(answer.status).toBe(404);
  expect(answer.text).toContain('****0004');
});

test('of the card frame the name is refused, and what belongs to the card is masked', async () => {
  const { body } = await stack.demo.post('/customer', { customer_ext_id: 'framed' });
  const typed = {
    token: body.Customer.token,
    card_pan: PAN,
    card_expiry_month: '12',
    card_expiry_year: '34',
    card_cvv: '123',
  };
  const address = `${stack.demo.credentials.baseUrl}/cards/save/frame`;
  const refused = await open(address, { ...typed, card_holder: GROUPED });
  expect(refused.status).toBe(400);
  expect(JSON.parse(refused.text).errors).toEqual({ cardHolder: expect.any(String) });
  const kept = await open(address, { ...typed, additional: `paid with ${GROUPED}` });
  expect(JSON.parse(kept.text).Source.additional).toBe('paid with ****0004');
  expect(JSON.stringify([...(await scan('ledger'))])).not.toContain(GROUPED);
});

test.each(['EMAIL', 'CUSTOMER'])('an item of a security list of type %s is none', async (type) => {
  const draft = { type: 'BLACKLIST', description: 'Cards', enabled: false };
  const { body } = await stack.demo.post('/colorlists', draft);
  const { uuid } = (body as unknown as { colorlists: { uuid: string } }).colorlists;
  const value = type === 'EMAIL' ? `${PAN}@shop.example` : PAN;
  const answer = await stack.demo.post(`/colorlists/${uuid}/items`, { items: [{ type, value }] });
  expect(answer).toMatchObject({ status: 400 });
  expect(answer.text).not.toContain(PAN);
});
