import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { currencyOf } from '#administration/currency.ts';
import { addService } from '#administration/merchants.ts';
import { type Client, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { open, submit, USER_AGENT } from './buyer.ts';

let stack: Stack;
let client: Client;
let receiver: Receiver;
let paylands: string | undefined;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await startStack({ scheduleSeconds: 0.3 });
  client = stack.demo;
  paylands = client.credentials.services.paylands;
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

const TYPED = { holder: 'Jane Doe', number: '4548812049400004', expiry: '12/34', cvv: '987' };
const SOFT_DECLINE = '5223798193659108';
const PARTIAL = '4000058400000071';

function pageOf(token: string | null, page: string): string {
  return `${client.credentials.baseUrl}/payment/${page}/${token}`;
}

describe('the device of a payment', () => {
  const device = { fingerprint: expect.stringMatching(/^\d{1,10}$/), user_agent: USER_AGENT };
  const deviceOf = async (uuid: string) =>
    (await client.order(uuid)).transactions.map((one) => Reflect.get(one, 'device'));

  test.each([
    ['process', { ...TYPED, card: 'new', action: 'pay' }],
    ['bizum', { phone: '+34600111222', action: 'pay' }],
    ['checkout', { action: 'APPLEPAY' }],
  ])('that is made on the page %s is the browser', async (page, fields) => {
    const order = await client.createOrder({ service: paylands });
    await submit(await open(pageOf(order.token, page)), fields);
    expect(await deviceOf(order.uuid)).toEqual([device]);
  });

  test.each(['approve', 'reject'])(
    'whose payer says %s to the issuer is the browser',
    async (action) => {
      const card = await client.saveCard();
      const order = await client.createOrder({ secure: true, source_uuid: card.uuid });
      await submit(await open(pageOf(order.token, 'tokenized')), { action });
      expect(await deviceOf(order.uuid)).toEqual([device]);
    },
  );

  test('that a server asks for is not known, nor that of a refund', async () => {
    const card = await client.saveCard();
    const { uuid } = await client.createOrder();
    expected(await client.charge(uuid, card.uuid));
    expected(await client.post('/payment/refund', { order_uuid: uuid }));
    expect(await deviceOf(uuid)).toEqual([null, null]);
  });
});

describe('the tokenized page', () => {
  test('shows the card form when the card that the order names was deleted', async () => {
    const card = await client.saveCard();
    const order = await client.createOrder({ source_uuid: card.uuid, secure: true });
    const body = { card_uuid: card.uuid, customer_external_id: 'customer' };
    const { signature } = client.credentials;
    expected(await client.send('DELETE', '/payment-method/card', { signature, ...body }));
    const page = await open(pageOf(order.token, 'tokenized'));
    expect(page.status).toBe(200);
    expect(page.url).toContain('/payment/process/');
    expect(page.text).toContain('name="number"');
  });

  test('authenticates with the card of a customer that was made for another payment', async () => {
    const card = await client.saveCard({ customer_ext_id: 'of-an-earlier-payment' });
    const order = await client.createOrder({
      customer_ext_id: 'of-this-payment',
      source_uuid: card.uuid,
      secure: true,
    });
    const challenge = await open(pageOf(order.token, 'tokenized'));
    await submit(challenge, { action: 'approve' });
    expect(await client.order(order.uuid)).toMatchObject({ status: 'SUCCESS', safe: true });
  });

  test('finishes the direct payment of a secure order', async () => {
    const card = await client.saveCard();
    const order = await client.createOrder({ secure: true });
    const asked = await client.charge(order.uuid, card.uuid);
    expect(asked.status).toBe(303);
    expect(await client.order(order.uuid)).toMatchObject({ safe: false, transactions: [] });
    const challenge = await open(asked.body.details);
    await submit(challenge, { action: 'approve' });
    expect(await client.order(order.uuid)).toMatchObject({
      status: 'SUCCESS',
      safe: true,
      transactions: [{ source: { uuid: card.uuid } }],
    });
  });

  test('finishes Google Pay on a secure order, with the card that the wallet handed over', async () => {
    const order = await client.createOrder({ secure: true });
    const payload = { sandbox: 'OK' };
    const fields = { order_uuid: order.uuid, wallet: 'GOOGLEPAY', payload };
    const asked = await client.post('/payment/wallet', fields);
    expect(asked.status).toBe(303);
    await submit(await open(asked.body.details), { action: 'approve' });
    expect(await client.order(order.uuid)).toMatchObject({
      status: 'SUCCESS',
      safe: true,
      transactions: [{ source: { origin: 'WALLET' } }],
    });
  });
});

test('nobody is told of a soft decline, only of what comes of it', async () => {
  const card = await client.saveCard({ card_pan: SOFT_DECLINE });
  const order = await client.createOrder({ service: paylands, url_post: receiver.at('/soft') });
  const asked = await client.charge(order.uuid, card.uuid);
  expect(asked.status).toBe(303);
  const { notifications } = await stack.runtime.store.history(stack.demoTenant, order.uuid);
  expect(notifications).toEqual([]);
  await submit(await open(asked.body.details), { action: 'approve' });
  await eventually(() => {
    expect(receiver.received('/soft').map((one) => one.order.status)).toEqual(['SUCCESS']);
  });
});

test('the result of a partial approval says what was captured', async () => {
  const card = await client.saveCard({ card_pan: PARTIAL });
  const order = await client.createOrder({ service: paylands, amount: 1000 });
  expected(await client.charge(order.uuid, card.uuid));
  const { text } = await open(pageOf(order.token, 'process'));
  expect(text).toContain('€5.00');
  expect(text).not.toContain('€10.00');
});

describe('whether a card is kept for later payments', () => {
  async function pay(fields: object, typed: object) {
    const order = await client.createOrder({ customer_ext_id: 'saver', ...fields });
    const form = await open(pageOf(order.token, 'process'));
    await submit(form, { ...TYPED, card: 'new', action: 'pay', ...typed });
    const paid = await client.order(order.uuid);
    return { form: form.text, isSaved: Reflect.get(paid.transactions[0] ?? {}, 'source').is_saved };
  }

  test.each([
    { fields: { save_card: true }, typed: {}, asks: false, isSaved: true },
    { fields: { save_card: false }, typed: { save: 'on' }, asks: false, isSaved: false },
    { fields: {}, typed: { save: 'on' }, asks: true, isSaved: true },
    { fields: {}, typed: {}, asks: true, isSaved: false },
  ])('$fields, typed $typed', async ({ fields, typed, asks, isSaved }) => {
    const paid = await pay(fields, typed);
    expect(paid.form.includes('name="save" checked')).toBe(asks);
    expect(paid.isSaved).toBe(isSaved);
  });
});

test('the Bizum page of a service without Bizum leads to the card form', async () => {
  const order = await client.createOrder({ service: client.credentials.services.credorax });
  expect((await open(pageOf(order.token, 'bizum'))).url).toContain('/payment/process/');
  const paid = await client.createOrder();
  expect((await open(pageOf(paid.token, 'bizum'))).url).toContain('/payment/bizum/');
});

describe('the checkout page', () => {
  const checkout = { uuid: '6D0C3A52-9E41-8B7F-A5D2-3C18E0947B6A' };

  async function checkoutOrder(wishes: object = {}, fields: object = {}) {
    return client.createOrder({
      service: '',
      description: '',
      extra_data: { checkout: { ...checkout, ...wishes } },
      ...fields,
    });
  }

  test('offers every way of the merchant for an order without service and description', async () => {
    const order = await checkoutOrder();
    const { text } = await open(pageOf(order.token, 'checkout'));
    for (const way of ['Bizum', 'Google Pay', 'Apple Pay']) expect(text).toContain(way);
    expect(text).toContain('name="number"');
  });

  test('offers what the order asks for', async () => {
    const order = await checkoutOrder({ payment_methods: ['BIZUM'] });
    const { text } = await open(pageOf(order.token, 'checkout'));
    expect(text).toContain('Bizum');
    expect(text).not.toContain('Google Pay');
    expect(text).not.toContain('name="number"');
  });

  test('takes a card', async () => {
    const order = await checkoutOrder();
    const page = await open(pageOf(order.token, 'checkout'));
    const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(page.text) ?? [];
    expect(action).toContain('/payment/process/');
    const url = new URL(action, page.url).href;
    await submit({ ...page, url }, { ...TYPED, cvv: '123', card: 'new', action: 'pay' });
    expect(await client.order(order.uuid)).toMatchObject({ status: 'SUCCESS', safe: false });
  });

  test.each([
    { wallet: 'APPLEPAY', safe: true },
    { wallet: 'GOOGLEPAY', safe: false },
  ])('takes $wallet', async ({ wallet, safe }) => {
    const order = await checkoutOrder();
    const page = await open(pageOf(order.token, 'checkout'));
    await submit(page, { action: wallet });
    await submit(page, { action: wallet });
    const paid = await client.order(order.uuid);
    expect(paid).toMatchObject({ status: 'SUCCESS', safe });
    expect(paid.transactions).toHaveLength(1);
  });

  test('sends the buyer of a secure order to the issuer with Google Pay', async () => {
    const order = await checkoutOrder({}, { secure: true });
    const page = await open(pageOf(order.token, 'checkout'));
    const challenge = await submit(page, { action: 'GOOGLEPAY' });
    expect(challenge.url).toContain('/payment/tokenized/');
    await submit(challenge, { action: 'approve' });
    expect(await client.order(order.uuid)).toMatchObject({ status: 'SUCCESS', safe: true });
  });

  test('pays by Bizum through the service that has it', async () => {
    const merchant = await stack.newMerchant({ type: 'CREDORAX' });
    const { services } = merchant.client.credentials;
    const { access } = stack.runtime;
    const { uuid: redsys } = await addService(access, merchant.tenant, {
      type: 'REDSYS',
      currency: currencyOf('EUR'),
      acquirer: 'sandbox',
      terminal: null,
      partialCapture: true,
    });
    const order = await merchant.client.createOrder({ service: null, extra_data: { checkout } });
    expect(Reflect.get(order, 'service_uuid')).toBe(services.credorax);
    const page = await open(pageOf(order.token, 'checkout'));
    const bizum = await submit(page, { action: 'BIZUM' });
    expect(bizum.url).toContain('/payment/bizum/');
    await submit(bizum, { action: 'pay', phone: '700000000' });
    const paid = await merchant.client.order(order.uuid);
    expect(paid).toMatchObject({ status: 'SUCCESS', service_uuid: redsys });
    // Refunds go to the service that was paid through, whatever an old page still asks for.
    const sold = await merchant.client.createOrder({ service: null, extra_data: { checkout } });
    const old = await open(pageOf(sold.token, 'checkout'));
    const card = await merchant.client.saveCard();
    await merchant.client.charge(sold.uuid, card.uuid);
    await submit(old, { action: 'BIZUM' });
    expect(await merchant.client.order(sold.uuid)).toMatchObject({
      status: 'SUCCESS',
      service_uuid: services.credorax,
    });
  });

  test('needs a description without a checkout', async () => {
    const fields = { amount: 1000, operative: 'AUTHORIZATION', description: '' };
    expect((await client.post('/payment', fields)).status).toBe(400);
  });
});
