import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTemplate, logoOf } from '#administration/templates.ts';
import { expectAccessible, SIZES, type Size, screen, siteOfTests } from '#test/support/browser.ts';
import { httpCall } from '#test/support/http-call.ts';
import { type ShopPage, startShopPage } from '#test/support/shop-page.ts';

const site = siteOfTests();

const pageOf = (token: string | null, page: string) =>
  `${site.client.credentials.baseUrl}/payment/${page}/${token}`;

const SCA = '5223798193659108';

describe.each(Object.keys(SIZES) as Size[])('the Bizum page on a %s', (size) => {
  test('takes a telephone number, which may be known already', async () => {
    const order = await site.client.createOrder({
      secure: true,
      extra_data: { profile: { phone: { prefix: '34', number: '700000000' } } },
      url_post: site.shop.at(`/bizum-${size}`),
    });
    const page = await site.visit(size, { scripts: false });
    await page.goto(pageOf(order.token, 'bizum'));
    expect(await page.inputValue('#phone')).toBe('+34700000000');
    await page.fill('#phone', '');
    await page.click('button.main');
    expect(await page.textContent('#phone-error')).toContain('Escribe un número de móvil');
    await page.fill('#phone', '700000000');
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    expect(await site.client.order(order.uuid)).toMatchObject({
      status: 'SUCCESS',
      transactions: [{ status: 'SUCCESS', source: null, bizum: { phone_number: '700XXX000' } }],
    });
    const statuses = () => site.shop.received(`/bizum-${size}`).map((one) => one.order.status);
    await expect.poll(statuses).toEqual(['SUCCESS']);
  });

  test('looks like this', async () => {
    const order = await site.client.createOrder();
    const page = await site.visit(size);
    await page.goto(pageOf(order.token, 'bizum'));
    await expectAccessible(page);
    if (size !== 'small') await screen(page, `bizum-${size}`);
  });
});

describe('Bizum', () => {
  test('refuses and can be cancelled', async () => {
    const page = await site.visit('phone');
    const refused = await site.client.createOrder({ url_ko: site.shop.at('/ko') });
    await page.goto(pageOf(refused.token, 'bizum'));
    await page.fill('#phone', 'ko@ko.ko');
    await page.click('button.main');
    await page.waitForURL(site.shop.at('/ko'));
    expect((await site.client.order(refused.uuid)).status).toBe('REFUSED');
    const cancelled = await site.client.createOrder();
    await page.goto(pageOf(cancelled.token, 'bizum'));
    await page.click('button.plain');
    await page.getByRole('heading', { name: 'Pago cancelado' }).waitFor();
    expect((await site.client.order(cancelled.uuid)).status).toBe('USER_CANCELLED');
  });
});

describe('the page of the issuer', () => {
  test('is reached from the soft decline of a direct payment', async () => {
    const service = site.client.credentials.services.paylands;
    const order = await site.client.createOrder({ service, url_ok: site.shop.at('/ok') });
    const card = await site.client.saveCard({ card_pan: SCA });
    const { status, body } = await site.client.charge(order.uuid, card.uuid);
    expect(status).toBe(303);
    expect((await site.client.order(order.uuid)).status).toBe('AUTHENTICATION_REQUIRED');
    const page = await site.visit('desktop', { scripts: false });
    await page.goto(body.details);
    expect((await site.client.order(order.uuid)).status).toBe('PENDING_3DS_RESPONSE');
    await page.reload();
    await page.click('button.main');
    await page.waitForURL(site.shop.at('/ok'));
    expect(await site.client.order(order.uuid)).toMatchObject({
      status: 'SUCCESS',
      safe: true,
      threeds_data: { sca_requested: true, status: 'Y' },
    });
  });

  test('is reached from an order that names a card', async () => {
    const card = await site.client.saveCard();
    const order = await site.client.createOrder({ secure: true, source_uuid: card.uuid });
    const page = await site.visit('phone');
    await page.goto(pageOf(order.token, 'tokenized'));
    await page.getByRole('heading', { name: 'Confirma tu compra' }).waitFor();
    await page.click('button.main');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    expect(await site.client.order(order.uuid)).toMatchObject({
      status: 'SUCCESS',
      transactions: [{ source: { uuid: card.uuid } }],
    });
  });

  test('asks for a card where none is known', async () => {
    const order = await site.client.createOrder({ secure: true, customer_ext_id: 'cardless' });
    const page = await site.visit('phone');
    await page.goto(pageOf(order.token, 'tokenized'));
    await page.locator('#number').waitFor();
  });

  test('that is left expires as an abandoned authentication', async () => {
    const { client: late, tenant } = await site.stack.newMerchant({ testClock: true });
    const card = await late.saveCard();
    const order = await late.createOrder({ secure: true, source_uuid: card.uuid });
    const page = await site.visit('phone');
    const address = `${late.credentials.baseUrl}/payment/tokenized/${order.token}`;
    await page.goto(address);
    await page.getByRole('heading', { name: 'Confirma tu compra' }).waitFor();
    const { changeMerchant } = await import('#administration/merchants.ts');
    await changeMerchant(site.stack.runtime.access, tenant, () => ({ clockOffsetMs: 3_600_000 }));
    await page.click('button.main');
    await page.getByRole('heading', { name: 'El enlace ha caducado' }).waitFor();
    expect((await late.order(order.uuid)).status).toBe('THREEDS_EXPIRED');
  });
});

test('a template gives pages a colour and a logo', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#0a7"/></svg>';
  const logo = logoOf('logo.svg', Buffer.from(svg));
  const draft = { name: 'Shop', accent: '#ffd400', logo };
  const template = await addTemplate(site.stack.runtime.templates, site.stack.demoTenant, draft);
  const customer_ext_id = 'looks';
  const wanted = { customer_ext_id, template_uuid: template.uuid.toLowerCase() };
  const order = await site.client.createOrder(wanted);
  const page = await site.visit('phone');
  await page.goto(pageOf(order.token, 'process'));
  const look = await page.evaluate(`(() => {
    const { backgroundColor, color } = getComputedStyle(document.querySelector('button.main'));
    return { backgroundColor, color, logo: document.querySelector('.head img').naturalWidth > 0 };
  })()`);
  expect(look).toEqual({
    backgroundColor: 'rgb(255, 212, 0)',
    color: 'rgb(0, 0, 0)',
    logo: true,
  });
  await expectAccessible(page);
  await screen(page, 'template-phone');
  const other = await site.client.createOrder({ customer_ext_id, template_uuid: 'unknown' });
  await page.goto(pageOf(other.token, 'process'));
  await page.locator('#number').waitFor();
  await expect(
    addTemplate(site.stack.runtime.templates, site.stack.demoTenant, { ...draft, accent: 'red' }),
  ).rejects.toThrow('is not a colour');
});

describe('the card frame', () => {
  let shop: ShopPage;

  beforeAll(async () => {
    shop = await startShopPage(
      () => `<!doctype html><html lang="en">
<title>Shop</title><main><h1>Shop</h1><div id="card"></div></main>
<script src="${site.stack.url}/js/v1-iframe.js"></script>
<script>window.heard=[];for(const type of
['paylandsLoaded','initiated','validation','savedCard','error','errorServer'])
addEventListener(type,event=>heard.push({type,data:event.data}));
addEventListener('message',event=>{
if(typeof event.data==='string')heard.push({type:'message',data:event.data})})</script>`,
    );
  });
  afterAll(() => shop.close());

  async function open(page: Page, customer: string): Promise<void> {
    const { body } = await site.client.post('/customer', { customer_ext_id: customer });
    await page.goto(shop.url);
    await page.evaluate((token) => {
      const { paylands } = globalThis as unknown as { paylands: Sdk };
      paylands.setMode('sandbox');
      paylands.setAdditional('from the shop');
      paylands.initializate(token, 'card');
    }, body.Customer.token);
    await expect
      .poll(() => heard(page))
      .toContainEqual({ type: 'initiated', data: expect.anything() });
  }

  interface Sdk {
    setMode(mode: string): void;
    setAdditional(text: string): void;
    initializate(token: string, container: string): void;
    validate(): void;
    storeSourceCard(validate: boolean, service?: string): void;
  }

  const heard = (page: Page) =>
    page.evaluate(
      () => (globalThis as unknown as { heard: { type: string; data: unknown }[] }).heard,
    );

  const store = (page: Page, service: string | undefined) =>
    page.evaluate((uuid) => {
      const { paylands } = globalThis as unknown as { paylands: Sdk };
      paylands.storeSourceCard(uuid !== undefined, uuid);
    }, service);

  async function fill(page: Page, pan: string): Promise<void> {
    const frame = page.frameLocator('iframe');
    await frame.locator('#cardPan').fill(pan);
    await frame.locator('#cardExpiryDate').fill('12/34');
    await frame.locator('#cardCode').fill('123');
  }

  test('keeps a card of the customer and tells the shop what it is known as', async () => {
    const page = await site.visit('desktop');
    await open(page, 'framed');
    await fill(page, '4548 8120 4940 0004');
    await screen(page, 'card-frame');
    await store(page, site.client.credentials.services.redsys);
    await expect
      .poll(() => heard(page))
      .toContainEqual({
        type: 'savedCard',
        data: {
          code: 200,
          current_time: expect.any(String),
          source: expect.objectContaining({ last4: '0004', additional: 'from the shop' }),
          customer: { external_id: 'framed' },
        },
      });
    const all = await heard(page);
    // Listeners of an inline script after ours have heard it, and so has who listens to messages.
    expect(all[0]).toMatchObject({ type: 'paylandsLoaded' });
    expect(all[1]).toEqual({ type: 'message', data: 'paylandsLoaded' });
    const saved = all.find(({ data }) => String(data).startsWith('savedCard: '));
    expect(JSON.parse(String(saved?.data).slice('savedCard: '.length))).toMatchObject({
      code: 200,
      source: { last4: '0004' },
    });
    const { cards } = (await site.client.get('/customer/framed/cards')).body;
    expect(cards.map((card) => card.last4)).toEqual(['0004']);
    for (const frame of page.frames()) await expectAccessible(frame);
    const kept = page.frameLocator('iframe').locator('input');
    for (const field of await kept.all()) expect(await field.inputValue()).toBe('');
  });

  test('says which fields are wrong, to the buyer and to the shop', async () => {
    const page = await site.visit('phone');
    await open(page, 'framed-wrong');
    await page.frameLocator('iframe').locator('#cardPan').fill('4111111111111112');
    await store(page, undefined);
    await expect
      .poll(() => heard(page))
      .toContainEqual({
        type: 'error',
        data: {
          errors: ['cardPan', 'cardExpiryDate', 'cardCode'],
          messages: {
            cardPan: 'The card number is not right',
            cardExpiryDate: 'The expiry date is not right',
            cardCode: 'The CVV is not right',
          },
        },
      });
    const text = JSON.stringify(await heard(page));
    expect(text).toContain('error: {');
  });

  test.each([
    ['#ffffff', true, 'light'],
    ['#101418', false, 'dark'],
  ])('stands on the background %s as if it were its own', async (background, dark, scheme) => {
    const page = await site.visit('small', { dark });
    await page.goto(shop.url);
    await page.evaluate(`document.body.style.background = '${background}'`);
    await page.evaluate("paylands.setMode('sandbox')");
    const { body } = await site.client.post('/customer', { customer_ext_id: 'themed' });
    await page.evaluate(`paylands.initializate('${body.Customer.token}', 'card')`);
    await page.frameLocator('iframe').locator('#cardPan').waitFor();
    const [, frame] = page.frames();
    if (frame === undefined) throw new Error('There is no frame');
    const look = await frame.evaluate(`(() => {
      const { backgroundColor, colorScheme } = getComputedStyle(document.body);
      return { backgroundColor, colorScheme };
    })()`);
    expect(look).toEqual({ backgroundColor: 'rgba(0, 0, 0, 0)', colorScheme: scheme });
  });

  test('is as high as what is in it', async () => {
    const page = await site.visit('small');
    await open(page, 'high');
    const box = async () => (await page.locator('iframe').boundingBox())?.height;
    const inside = () => page.frames()[1]?.evaluate('document.documentElement.scrollHeight');
    await expect.poll(box).toBe(await inside());
    await page.frames()[1]?.evaluate("document.querySelector('form').style.height = '500px'");
    await expect.poll(box).toBeGreaterThanOrEqual(500);
  });

  test('can be validated before it is saved', async () => {
    const page = await site.visit('desktop');
    await open(page, 'validated');
    const validate = () =>
      page.evaluate(() => (globalThis as unknown as { paylands: Sdk }).paylands.validate());
    const last = async () =>
      (await heard(page)).findLast(({ type }) => type === 'validation')?.data;
    await page.frameLocator('iframe').locator('#cardPan').fill('4111111111111111');
    await validate();
    await expect.poll(last).toMatchObject({ valid: false, errors: ['cardExpiryDate', 'cardCode'] });
    await fill(page, '4111 1111 1111 1111');
    await validate();
    await expect.poll(last).toEqual({ valid: true, errors: [], messages: {} });
    expect((await heard(page)).map(({ data }) => data)).toContain(
      'validation: {"valid":true,"errors":[],"messages":{}}',
    );
    const { status } = await site.client.get('/customer/validated/cards?status=ALL');
    expect(status).toBe(200);
  });

  test('knows production by all its names', async () => {
    const page = await site.visit('desktop');
    await page.goto(shop.url);
    const framedIn = async (wanted: string) => {
      await page.evaluate((mode) => {
        const { paylands } = globalThis as unknown as { paylands: Sdk };
        paylands.setMode(mode);
        paylands.initializate('token', 'card');
      }, wanted);
      const address = (await page.locator('iframe').getAttribute('src')) ?? '';
      return new URL(address).pathname;
    };
    for (const live of ['prod', 'production', '']) {
      expect(await framedIn('sandbox')).toBe('/v1/sandbox/cards/frame');
      expect(await framedIn(live), live).toBe('/v1/cards/frame');
    }
    await expect(framedIn('other')).rejects.toThrow('Unknown mode: other');
  });

  test('refuses tokens that are none', async () => {
    const post = (token: string) =>
      httpCall(`${site.client.credentials.baseUrl}/cards/save/frame`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          token,
          card_pan: '4548812049400004',
          card_expiry_month: '12',
          card_expiry_year: '34',
          card_cvv: '123',
        }).toString(),
      });
    const { body } = await site.client.post('/customer', { customer_ext_id: 'token-test' });
    const { token } = body.Customer;
    expect((await post(token)).status).toBe(200);
    const changed = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
    for (const wrong of ['', 'nonsense', 'f'.repeat(128), changed]) {
      expect((await post(wrong)).status).toBe(401);
    }
  });
});
