import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible, SIZES, type Size, screen, siteOfTests } from '#test/support/browser.ts';
import { httpCall } from '#test/support/http-call.ts';

const site = siteOfTests();

let count = 0;

async function newOrder(fields: object = {}) {
  count += 1;
  const customer = `payer-${count}`;
  const order = await site.client.createOrder({
    amount: 1050,
    customer_ext_id: customer,
    service: site.client.credentials.services.paylands,
    description: 'Café de especialidad',
    url_post: site.shop.at(`/notify/${count}`),
    ...fields,
  });
  const notified = () => site.shop.received(`/notify/${count}`).map((one) => one.order.status);
  return { ...order, customer, notified };
}

function addressOf(token: string | null, page = 'process', query = ''): string {
  return `${site.client.credentials.baseUrl}/payment/${page}/${token}${query}`;
}

async function fillCard(page: Page, pan: string): Promise<void> {
  await page.fill('#holder', 'María Núñez');
  await page.fill('#number', pan);
  await page.fill('#expiry', '12/34');
  await page.fill('#cvv', '123');
}

const OK = '5590337536718399';
const KO = '5485009949201879';
const CHALLENGE = '4761739000091011';
const SCA = '5223798193659108';

const sizes = Object.keys(SIZES) as Size[];

describe.each(sizes)('the card page on a %s', (size) => {
  test('takes a card, shows its brand and groups its digits', async () => {
    const order = await newOrder();
    const page = await site.visit(size);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).origin));
    await page.goto(addressOf(order.token));
    expect((await site.client.order(order.uuid)).status).toBe('PENDING_CARD');
    expect(await page.textContent('.amount')).toBe('10,50\u00a0€');
    await expectAccessible(page);
    if (size !== 'small') await screen(page, `card-page-${size}`);
    await page.locator('#number').pressSequentially(OK);
    expect(await page.inputValue('#number')).toBe('5590 3375 3671 8399');
    expect(await page.textContent('#brand')).toBe('Mastercard');
    expect(await page.locator('.mark:not(.dim)').getAttribute('data-brand')).toBe('mastercard');
    await fillCard(page, OK);
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    if (size !== 'small') await screen(page, `result-${size}`);
    await expectAccessible(page);
    expect(new Set(requests)).toEqual(new Set([site.stack.url]));
    const paid = await site.client.order(order.uuid);
    expect(paid).toMatchObject({ status: 'SUCCESS', paid: true });
    expect(paid.transactions).toMatchObject([{ operative: 'AUTHORIZATION', status: 'SUCCESS' }]);
    await expect.poll(order.notified).toEqual(['SUCCESS']);
  });

  test('says what is wrong, field by field, and keeps nothing secret', async () => {
    const order = await newOrder();
    const page = await site.visit(size, { scripts: false });
    await page.goto(addressOf(order.token, 'process', '?lang=en'));
    await page.fill('#holder', 'Jane');
    await page.fill('#number', '4111111111111112');
    await page.fill('#expiry', '01/20');
    await page.fill('#cvv', '12');
    await page.click('button.main');
    expect(await page.textContent('#number-error')).toBe('The card number is not right');
    expect(await page.textContent('#expiry-error')).toBe('The card has expired');
    expect(await page.textContent('#cvv-error')).toBe('The CVV is not right');
    expect(await page.inputValue('#holder')).toBe('Jane');
    expect(await page.inputValue('#number')).toBe('');
    expect(await page.inputValue('#cvv')).toBe('');
    if (size === 'phone') await screen(page, 'card-page-errors-phone');
    await fillCard(page, OK);
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Payment made' }).waitFor();
    expect((await site.client.order(order.uuid)).status).toBe('SUCCESS');
  });

  test('sends a secure order to the issuer, and back to the shop', async () => {
    const order = await newOrder({
      secure: true,
      url_ok: site.shop.at('/ok'),
      url_ko: site.shop.at('/ko'),
    });
    const page = await site.visit(size);
    await page.goto(addressOf(order.token));
    await fillCard(page, CHALLENGE);
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Confirma tu compra' }).waitFor();
    expect((await site.client.order(order.uuid)).status).toBe('PENDING_3DS_RESPONSE');
    await expectAccessible(page);
    if (size !== 'small') await screen(page, `challenge-${size}`);
    await page.click('button.main');
    await page.waitForURL(site.shop.at('/ok'));
    const { order: paid } = (await site.client.get(`/order/${order.uuid}`)).body;
    expect(paid).toMatchObject({
      status: 'SUCCESS',
      safe: true,
      threeds_data: { version: '2.2', flow: 'CHALLENGE', status: 'Y', eci: '05' },
    });
    await expect.poll(order.notified).toEqual(['SUCCESS']);
  });
});

describe('a payer', () => {
  test('who rejects at the issuer has not paid', async () => {
    const order = await newOrder({ secure: true, url_ko: site.shop.at('/ko') });
    const page = await site.visit('phone');
    await page.goto(addressOf(order.token));
    await fillCard(page, CHALLENGE);
    await page.click('button.main');
    await page.click('button.other');
    await page.waitForURL(site.shop.at('/ko'));
    expect(await site.client.order(order.uuid)).toMatchObject({
      status: 'REFUSED',
      paid: false,
      transactions: [{ status: 'REFUSED', error: '0184' }],
      threeds_data: { status: 'N' },
    });
    await expect.poll(order.notified).toEqual(['REFUSED']);
  });

  test('whose issuer asks nothing pays at once', async () => {
    const order = await newOrder({ secure: true });
    const page = await site.visit('phone');
    await page.goto(addressOf(order.token));
    await fillCard(page, OK);
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    expect(await site.client.order(order.uuid)).toMatchObject({
      status: 'SUCCESS',
      threeds_data: { flow: 'FRICTIONLESS', status: 'Y', eci: '01' },
    });
  });

  test('whose card is refused sees it, and the order is consumed', async () => {
    const order = await newOrder();
    const page = await site.visit('phone');
    await page.goto(addressOf(order.token));
    await fillCard(page, KO);
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Pago rechazado' }).waitFor();
    await page.goto(addressOf(order.token));
    await page.getByRole('heading', { name: 'Pago rechazado' }).waitFor();
    expect((await site.client.order(order.uuid)).status).toBe('REFUSED');
  });

  test('whose issuer declines softly goes on to authenticate', async () => {
    const order = await newOrder();
    const page = await site.visit('phone');
    await page.goto(addressOf(order.token));
    await fillCard(page, SCA);
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Confirma tu compra' }).waitFor();
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    const paid = await site.client.order(order.uuid);
    expect(paid.transactions.map((one) => one.status)).toEqual(['REFUSED', 'SUCCESS']);
  });

  test('who cancels is told, and the shop too', async () => {
    const order = await newOrder();
    const page = await site.visit('phone');
    await page.goto(addressOf(order.token));
    await page.click('button.plain');
    await page.getByRole('heading', { name: 'Pago cancelado' }).waitFor();
    expect((await site.client.order(order.uuid)).status).toBe('USER_CANCELLED');
    await expect.poll(order.notified).toEqual(['USER_CANCELLED']);
  });

  test('who clicks twice, reloads and goes back has paid once', async () => {
    const order = await newOrder();
    const page = await site.visit('desktop');
    await page.goto(addressOf(order.token));
    await fillCard(page, OK);
    await page.dblclick('button.main');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    await page.reload();
    await page.goBack();
    await page.goto(addressOf(order.token));
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    expect((await site.client.order(order.uuid)).transactions).toHaveLength(1);
  });

  test('with saved cards chooses one, without typing', async () => {
    const customer = 'regular';
    const first = await newOrder({ customer_ext_id: customer });
    const page = await site.visit('phone');
    await page.goto(addressOf(first.token));
    await fillCard(page, OK);
    await page.check('[name=save]');
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    const second = await newOrder({ customer_ext_id: customer });
    await page.goto(addressOf(second.token));
    await page.getByLabel(/MASTERCARD terminada en 8399/).waitFor();
    await expectAccessible(page);
    await screen(page, 'saved-cards-phone');
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    expect(await site.client.order(second.uuid)).toMatchObject({
      status: 'SUCCESS',
      transactions: [{ source: { last4: '8399', is_saved: true } }],
    });
  });

  test('in the dark sees the same', async () => {
    const order = await newOrder();
    const page = await site.visit('phone', { dark: true, language: 'en-GB' });
    await page.goto(addressOf(order.token));
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await expectAccessible(page);
    await screen(page, 'card-page-dark');
  });

  test('with a wrong link finds a page that says so', async () => {
    const order = await newOrder();
    const page = await site.visit('phone');
    for (const token of ['unknown', `${order.token?.slice(0, -1)}x`, 'f'.repeat(128)]) {
      const answer = await page.goto(addressOf(token));
      expect(answer?.status()).toBe(404);
      await page.getByRole('heading', { name: 'No encontramos este pago' }).waitFor();
    }
    await expectAccessible(page);
    await screen(page, 'not-found');
  });

  test('who comes too late cannot pay', async () => {
    const { client: late, tenant } = await site.stack.newMerchant({ testClock: true });
    const order = await late.createOrder({ customer_ext_id: 'late' });
    const { changeMerchant } = await import('#administration/merchants.ts');
    await changeMerchant(site.stack.runtime.access, tenant, () => ({ clockOffsetMs: 3_600_000 }));
    const page = await site.visit('phone');
    await page.goto(`${late.credentials.baseUrl}/payment/process/${order.token}`);
    await page.getByRole('heading', { name: 'El enlace ha caducado' }).waitFor();
    expect((await late.order(order.uuid)).status).toBe('EXPIRED');
  });
});

describe('a page', () => {
  test('weighs less than 40 KB, loads nothing and may be framed', async () => {
    const order = await newOrder();
    const { headers, text } = await httpCall(addressOf(order.token), { method: 'GET' });
    expect(Buffer.byteLength(text)).toBeLessThan(40 * 1024);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-frame-options']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
    expect(text).not.toMatch(/(src|href)="(?!data:)/);
  });

  test('does not move while it is filled in', async () => {
    const order = await newOrder();
    const page = await site.visit('phone');
    await page.goto(addressOf(order.token));
    const top = () =>
      page.locator('button.main').evaluate((one) => one.getBoundingClientRect().top);
    const before = await top();
    for (const [field, wrong] of [
      ['#holder', ' '],
      ['#number', '1'],
      ['#expiry', '01/20'],
      ['#cvv', '1'],
    ] as const) {
      await page.fill(field, wrong);
      await page.locator(field).blur();
    }
    expect(await page.textContent('#expiry-error')).toBe('La tarjeta está caducada');
    expect(await top()).toBe(before);
  });

  test('can be paid on with the keyboard alone', async () => {
    const order = await newOrder();
    const page = await site.visit('desktop');
    await page.goto(addressOf(order.token));
    await page.getByText('Tarjetas de prueba').focus();
    for (const text of [OK, '1234', '123', 'Jane Doe']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
  });

  test('is charged once by any number of posts, whatever their attempt', async () => {
    const order = await newOrder();
    const address = addressOf(order.token);
    const { text } = await httpCall(address, { method: 'GET' });
    const [, attempt = ''] = /name="attempt" value="([0-9a-f]{32})"/.exec(text) ?? [];
    const post = (one: string) =>
      httpCall(address, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          attempt: one,
          action: 'pay',
          holder: 'Jane',
          number: OK,
          expiry: '12/34',
          cvv: '123',
        }).toString(),
      });
    const others = Array.from({ length: 5 }, (_, index) => String(index).repeat(32));
    const answers = await Promise.all([attempt, attempt, attempt, ...others].map(post));
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([303]));
    expect((await site.client.order(order.uuid)).transactions).toHaveLength(1);
  });
});
