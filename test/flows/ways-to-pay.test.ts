import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#test/support/client.ts';
import { httpCall } from '#test/support/http-call.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;
let client: Client;
let shop: Receiver;

beforeAll(async () => {
  const settings = { SANDBOX_PUSH_SECONDS: '1' };
  [stack, shop] = await Promise.all([startStack({ settings }), startReceiver()]);
  client = stack.demo;
});
afterAll(() => Promise.all([stack.stop(), shop.close()]));

const OK = '5590337536718399';
const KO = '5485009949201879';
const SCA = '5223798193659108';
const MOTO_OK = '5150796024238164';

const CARD = {
  card_holder: 'John Doe',
  card_expiry_month: '12',
  card_expiry_year: '34',
  card_cvv: '123',
};

function newOrder(fields: object = {}) {
  return client.createOrder({ service: client.credentials.services.paylands, ...fields });
}

describe('POST /charge', () => {
  const charge = (fields: object = {}, by: Client = client) =>
    by.post('/charge', {
      amount: 1000,
      operative: 'AUTHORIZATION',
      description: 'One step',
      customer_ext_id: 'one-step',
      service: client.credentials.services.paylands,
      card_pan: OK,
      ...CARD,
      ...fields,
    });

  test('creates the order, keeps the card and charges it', async () => {
    const { status, body } = await charge({
      additional: 'A',
      extra_data: { cof: { reason: 'OTHER' } },
    });
    expect(status).toBe(200);
    expect(body.order).toMatchObject({ status: 'SUCCESS', paid: true, additional: 'A' });
    expect(body).toMatchObject({ extra_data: { cof: { reason: 'OTHER' } } });
    const cards = (await client.get('/customer/one-step/cards')).body.cards;
    expect(cards.map((card) => card.last4)).toEqual(['8399']);
    expect(await client.order(body.order.uuid)).toMatchObject({ status: 'SUCCESS' });
  });

  test('holds, refuses, and refuses a wrong CVV, as the card says', async () => {
    const held = await charge({ operative: 'DEFERRED' });
    expect(held.body.order).toMatchObject({ status: 'PENDING_CONFIRMATION', paid: false });
    const refused = await charge({ card_pan: KO });
    expect(refused.body.order).toMatchObject({
      status: 'REFUSED',
      transactions: [{ error: '0190' }],
    });
    const wrong = await charge({ card_cvv: '999' });
    expect(wrong.body.order).toMatchObject({
      status: 'REFUSED',
      transactions: [{ error: '0129' }],
    });
  });

  test('sends the payer of a secure order, and of a soft decline, to the issuer', async () => {
    for (const fields of [{ secure: true }, { card_pan: SCA }]) {
      const { status, body, headers } = await charge(fields);
      expect({ status, code: body.code }).toEqual({ status: 303, code: 303 });
      expect(headers.location).toBeUndefined();
      expect(body.details).toMatch(/\/v1\/sandbox\/payment\/tokenized\/[0-9a-f]{128}$/);
    }
  });

  test('takes an authentication that the merchant obtained itself', async () => {
    const threeds = { version: '2.2', eci: '05', status: 'Y', cavv: 'AAABBB' };
    const { body } = await charge({ secure: true, card_pan: SCA, threeds_data: threeds });
    expect(body.order).toMatchObject({
      status: 'SUCCESS',
      safe: true,
      threeds_data: { version: '2.2', eci: '05', status: 'Y' },
    });
  });

  test('accepts both spellings of the expiry', async () => {
    const { card_expiry_year: year, ...rest } = CARD;
    const { body } = await charge({ ...rest, card_expiry_year: undefined, card_expire_year: year });
    expect(body.order.status).toBe('SUCCESS');
  });

  test('is for PCI merchants only', async () => {
    const other = await stack.withProfiles(stack.demoTenant, client, ['all'], false);
    expect((await charge({}, other)).status).toBe(403);
  });

  test('with one reference charges once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => charge({ reference: 'one-step-1' })));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
    expect(answers.filter((one) => one.status === 409)).toHaveLength(2);
  });

  test('repeats its answer byte for byte', async () => {
    const body = { amount: 700, ...CARD, card_pan: OK, operative: 'AUTHORIZATION' };
    const full = {
      ...body,
      description: 'D',
      customer_ext_id: 'again',
      service: client.credentials.services.paylands,
    };
    const one = await client.post('/charge', full, { key: 'one-step-key' });
    const two = await client.post('/charge', full, { key: 'one-step-key' });
    expect(two.text).toBe(one.text);
    expect(two.headers['idempotent-replayed']).toBe('true');
  });
});

describe('POST /payment/moto', () => {
  test('charges card data or a stored card, without authentication', async () => {
    const order = await newOrder({ secure: true });
    const fields = { order_uuid: order.uuid, method: 'MAIL', card_pan: MOTO_OK, ...CARD };
    const { body } = await client.post('/payment/moto', fields);
    expect(body.order).toMatchObject({ status: 'SUCCESS' });
    const second = await newOrder();
    const source = (body.order.transactions[0] as unknown as { source: { uuid: string } }).source;
    const again = await client.post('/payment/moto', {
      order_uuid: second.uuid,
      method: 'PHONE',
      source_uuid: source.uuid,
    });
    expect(again.body.order).toMatchObject({ status: 'SUCCESS' });
  });

  test('takes exactly one of them', async () => {
    const order = await newOrder();
    const card = await client.saveCard();
    const head = { order_uuid: order.uuid, method: 'MAIL' };
    const both = { ...head, source_uuid: card.uuid, card_pan: OK, ...CARD };
    expect((await client.post('/payment/moto', both)).status).toBe(400);
    expect((await client.post('/payment/moto', head)).status).toBe(400);
    expect((await client.order(order.uuid)).status).toBe('CREATED');
  });

  test('takes card data from PCI merchants only, stored cards from all', async () => {
    const other = await stack.withProfiles(stack.demoTenant, client, ['keyentry'], false);
    const order = await newOrder();
    const head = { order_uuid: order.uuid, method: 'MAIL' };
    expect((await other.post('/payment/moto', { ...head, card_pan: OK, ...CARD })).status).toBe(
      403,
    );
    const card = await client.saveCard({ card_pan: OK });
    const { status } = await other.post('/payment/moto', { ...head, source_uuid: card.uuid });
    expect(status).toBe(200);
  });

  test('does not take the card of another customer', async () => {
    const order = await newOrder();
    const card = await client.saveCard({ customer_ext_id: 'somebody-else' });
    const fields = { order_uuid: order.uuid, method: 'MAIL', source_uuid: card.uuid };
    expect((await client.post('/payment/moto', fields)).status).toBe(404);
  });
});

describe('POST /payment/wallet', () => {
  const pay = (uuid: string, wallet: string, payload: unknown) =>
    client.post('/payment/wallet', { order_uuid: uuid, wallet, payload });

  test.each([{ sandbox: 'OK' }, JSON.stringify({ sandbox: 'OK' })])('takes %j', async (payload) => {
    const order = await newOrder();
    const { body } = await pay(order.uuid, 'GOOGLEPAY', payload);
    expect(body.order).toMatchObject({ status: 'SUCCESS', safe: false });
  });

  test('counts Apple Pay as authenticated', async () => {
    const order = await newOrder();
    const { body } = await pay(order.uuid, 'APPLEPAY', { sandbox: 'SCA' });
    expect(body.order).toMatchObject({ status: 'SUCCESS', safe: true });
  });

  test('may have to send the payer of Google Pay to the issuer', async () => {
    const order = await newOrder();
    const { status, body } = await pay(order.uuid, 'GOOGLEPAY', { sandbox: 'SCA' });
    expect(status).toBe(303);
    const page = await httpCall(body.details, { method: 'GET' });
    expect(page.status).toBe(200);
    const [, attempt = ''] = /name="attempt" value="([0-9a-f]{32})"/.exec(page.text) ?? [];
    const answer = await httpCall(body.details, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `attempt=${attempt}&action=approve`,
    });
    expect(answer.status).toBe(303);
    expect((await client.order(order.uuid)).status).toBe('SUCCESS');
  });

  test.each([{ sandbox: 'REFUSED' }, 'garbage', {}])(
    'consumes the order with %j',
    async (payload) => {
      const order = await newOrder();
      const first = await pay(order.uuid, 'GOOGLEPAY', payload);
      if (first.status === 303) expect(first.body.details).toMatch(/\/payment\/wrong$/);
      expect((await client.order(order.uuid)).status).toBe('REFUSED');
      const second = await pay(order.uuid, 'GOOGLEPAY', { sandbox: 'OK' });
      expect(second).toMatchObject({
        status: 404,
        body: { details: expect.stringMatching(/^Order token not found/) },
      });
    },
  );

  test('leads who sent garbage to a page that says so', async () => {
    const { status } = await httpCall(`${client.credentials.baseUrl}/payment/wrong`, {
      method: 'GET',
    });
    expect(status).toBe(200);
  });
});

describe('POST /payment/push', () => {
  const phone = (number: string) => ({ profile: { phone: { prefix: '+34', number } } });

  test.each([
    ['700000000', 'SUCCESS'],
    ['ko@ko.ko', 'REFUSED'],
  ])('to %s answers at once and becomes %s', async (number, outcome) => {
    const path = `/push-${outcome}`;
    const reference = path.slice(1);
    const order = await newOrder({ extra_data: phone(number), url_post: shop.at(path), reference });
    const { body } = await client.post('/payment/push', { order_uuid: order.uuid, apm: null });
    expect(body.order).toMatchObject({ status: 'PENDING_PAYMENT', paid: false });
    expect(body).toMatchObject({ extra_data: phone(number) });
    await expect.poll(async () => (await client.order(order.uuid)).status).toBe(outcome);
    await expect.poll(() => shop.received(path).map((one) => one.order.status)).toEqual([outcome]);
    // Of all orders with a reference one is paid.
    const another = newOrder({ reference });
    if (outcome === 'REFUSED') await another;
    else await expect(another).rejects.toThrow(reference);
  });

  test('needs a telephone number', async () => {
    const order = await newOrder();
    expect((await client.post('/payment/push', { order_uuid: order.uuid })).status).toBe(400);
  });
});

describe('POST /payment/payout', () => {
  const payout = (fields: object) => client.post('/payment/payout', fields);

  test('goes to the card that its customer paid with last, once', async () => {
    const customer = 'winner';
    await client.paidOrder({
      customer_ext_id: customer,
      service: client.credentials.services.paylands,
    });
    const order = await newOrder({ operative: 'PAYOUT', customer_ext_id: customer });
    const { body } = await payout({ order_uuid: order.uuid });
    expect(body.order).toMatchObject({
      status: 'SUCCESS',
      paid: true,
      transactions: [{ operative: 'PAYOUT', status: 'SUCCESS' }],
    });
    expect((await payout({ order_uuid: order.uuid })).status).toBe(404);
    expect((await client.refund(order.uuid)).status).toBe(400);
  });

  test('is refused visibly', async () => {
    const customer = 'unlucky';
    const paid = await newOrder({ customer_ext_id: customer });
    const fields = { order_uuid: paid.uuid, method: 'MAIL', card_pan: MOTO_OK, ...CARD };
    await client.post('/payment/moto', fields);
    const order = await newOrder({ operative: 'PAYOUT', customer_ext_id: customer });
    const { status, body } = await payout({ order_uuid: order.uuid });
    expect(status).toBe(200);
    expect(body.order).toMatchObject({ status: 'REFUSED', transactions: [{ status: 'REFUSED' }] });
  });

  test('needs a card that has paid', async () => {
    const card = await client.saveCard({ customer_ext_id: 'fresh' });
    const order = await newOrder({ operative: 'PAYOUT', customer_ext_id: 'fresh' });
    const fields = { order_uuid: order.uuid, source_uuid: card.uuid };
    expect((await payout(fields)).status).toBe(400);
  });

  test('needs to know the way where there are several', async () => {
    const order = await newOrder({
      operative: 'PAYOUT',
      service: client.credentials.services.sibs,
      extra_data: { profile: { phone: { prefix: '34', number: '700000000' } } },
    });
    const unclear = await payout({ order_uuid: order.uuid });
    expect(unclear).toMatchObject({
      status: 400,
      body: { details: expect.stringContaining('apm is required') },
    });
    const { body } = await payout({ order_uuid: order.uuid, apm: 'BIZUM' });
    expect(body.order).toMatchObject({
      status: 'SUCCESS',
      transactions: [{ bizum: { phone_number: '347XXXXX000' } }],
    });
  });

  test('is not for payments', async () => {
    const order = await newOrder();
    expect((await payout({ order_uuid: order.uuid })).status).toBe(400);
  });
});

describe('POST /payment/send', () => {
  const send = (uuid: string, destination: string, fields: object = {}) =>
    client.post('/payment/send', {
      order_uuid: uuid,
      destination,
      subject: 'Tu pedido',
      ...fields,
    });

  async function letters(): Promise<{ to: string; text: string; channel: string }[]> {
    return JSON.parse((await httpCall(`${stack.url}/mailbox.json`, { method: 'GET' })).text);
  }

  test('sends a mail in the wanted language, with a link that can be paid', async () => {
    const order = await newOrder({ description: 'Coffee' });
    const { body } = await send(order.uuid, 'jane@example.com', { language: 'en' });
    expect(body).toMatchObject({ code: 200, delivery: true });
    const [letter] = await letters();
    expect(letter).toMatchObject({ channel: 'mail', to: 'jane@example.com', subject: 'Tu pedido' });
    expect(letter?.text).toContain('Demo asks you to pay €10.00 for “Coffee”.');
    const [url = ''] = /http\S+/.exec(letter?.text ?? '') ?? [];
    const page = await httpCall(url, { method: 'GET' });
    expect(page.text).toContain('<html lang="en">');
    const mailbox = await httpCall(`${stack.url}/mailbox`, { method: 'GET' });
    expect(mailbox.text).toContain(`href="${url.replace(/&/g, '&#38;')}"`);
  });

  test('sends an SMS in the language of the order', async () => {
    const { body } = await client.post('/payment?lang=es', {
      amount: 500,
      operative: 'AUTHORIZATION',
      description: 'D',
    });
    expect((await send(body.order.uuid, '+34 600 000 000')).status).toBe(200);
    const [letter] = await letters();
    expect(letter).toMatchObject({ channel: 'sms', to: '+34600000000' });
    expect(letter?.text).toMatch(/^Demo: paga 5,00\s€ aquí: http/);
  });

  test.each(['nobody', 'a@b', '600', '+34 1', 'a b@example.com'])('refuses %j', async (to) => {
    const order = await newOrder();
    const answer = await send(order.uuid, to);
    expect(answer).toMatchObject({
      status: 400,
      body: { details: expect.stringMatching(/^Field destination is not valid/) },
    });
  });

  test('sends once per key, and not what cannot be paid', async () => {
    const order = await newOrder();
    const before = (await letters()).length;
    const fields = { order_uuid: order.uuid, destination: 'once@example.com', subject: 'S' };
    const again = () => client.post('/payment/send', fields, { key: 'send-once' });
    const answers = await Promise.all([again(), again(), again()]);
    expect(answers.map((one) => one.status).every((one) => one === 200 || one === 409)).toBe(true);
    expect((await letters()).length).toBe(before + 1);
    const paid = await client.paidOrder();
    expect((await send(paid.uuid, 'jane@example.com')).status).toBe(400);
  });
});

describe('the answer to an issuer', () => {
  test('pays once, however often and by whomever it is sent', async () => {
    const card = await client.saveCard();
    const order = await newOrder({ secure: true, source_uuid: card.uuid });
    const address = `${client.credentials.baseUrl}/payment/tokenized/${order.token}`;
    const { text } = await httpCall(address, { method: 'GET' });
    const [, attempt = ''] = /name="attempt" value="([0-9a-f]{32})"/.exec(text) ?? [];
    const answer = (one: string, action: string) =>
      httpCall(address, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `attempt=${one}&action=${action}`,
      });
    const others = ['b', 'c', 'd'].map((one) => answer(one.repeat(32), 'approve'));
    const same = [1, 2, 3].map(() => answer(attempt, 'approve'));
    const answers = await Promise.all([...others, ...same]);
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([303]));
    expect((await answer('e'.repeat(32), 'reject')).status).toBe(303);
    const paid = await client.order(order.uuid);
    expect(paid).toMatchObject({ status: 'SUCCESS', transactions: [{ status: 'SUCCESS' }] });
  });
});

describe('what an order says of itself', () => {
  test('a descriptor that Redsys would not take is refused', async () => {
    const service = client.credentials.services.redsys;
    const create = (dynamic_descriptor: string, of: string | undefined) =>
      client.post('/payment', {
        amount: 100,
        operative: 'AUTHORIZATION',
        description: 'D',
        service: of,
        dynamic_descriptor,
      });
    expect((await create('PNP*Shop', service)).status).toBe(400);
    expect((await create('x'.repeat(39), service)).status).toBe(400);
    const fine = await create('Tienda Núm 1', service);
    expect(fine.body.order).toMatchObject({ dynamic_descriptor: 'Tienda Núm 1' });
    const { paylands } = client.credentials.services;
    expect((await create('PNP*Shop', paylands)).status).toBe(200);
  });

  test('marketplace shares are checked, kept and echoed', async () => {
    const share = { merchant_location_id: 7, amount: 600, description: 'A', net_amount: 550 };
    const order = await newOrder({ extra_data: { marketplace: [share] } });
    const { body } = await client.get(`/order/${order.uuid}`);
    expect(body).toMatchObject({ extra_data: { marketplace: [share] } });
    const wrong = await client.post('/payment', {
      amount: 100,
      operative: 'AUTHORIZATION',
      description: 'D',
      extra_data: { marketplace: [{ amount: 'much' }] },
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.details).toContain('extra_data.marketplace');
  });

  test('what the merchants of a marketplace return is kept with the order', async () => {
    const profile = { first_name: 'Ana' };
    const order = await client.paidOrder({ extra_data: { profile } });
    const refunds = [{ merchant_location_id: 7, amount: 400, net_amount: 300 }];
    refunds.push({ merchant_location_id: 8, amount: 100, net_amount: 100 });
    const { body } = await client.post('/payment/refund', {
      order_uuid: order.uuid,
      amount: 400,
      extra_data: { marketplace_refunds: refunds },
    });
    expect(body).toMatchObject({ extra_data: { profile, marketplace_refunds: refunds } });
    const later = [{ merchant_location_id: 7, amount: 50 }];
    const second = await client.post('/payment/refund', {
      order_uuid: order.uuid,
      amount: 50,
      extra_data: { marketplace_refunds: later },
    });
    const kept = second.body.order.transactions.map((one) =>
      Reflect.get(one, 'marketplace_refunds'),
    );
    expect(kept).toEqual([undefined, refunds, later]);
  });
});

test('no card number is kept anywhere', async () => {
  const everything = JSON.stringify([...(await scan('ledger')), ...(await scan('access'))]);
  expect(everything).toContain('8399');
  for (const pan of [OK, KO, SCA, MOTO_OK]) expect(everything).not.toContain(pan);
});
