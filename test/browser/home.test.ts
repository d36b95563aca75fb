import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { testCardsOf } from '#acquirers/sandbox/cards.ts';
import { expectAccessible, screen, siteOfTests } from '#test/support/browser.ts';
import { httpCall } from '#test/support/http-call.ts';

// A terminal leaves the deciding to the person who taps.
const site = siteOfTests({ SANDBOX_DEVICE_SECONDS: '600', ALLOW_PRIVATE_ADDRESSES: 'true' });

const SIZES = { phone: { width: 360, height: 800 }, desktop: { width: 1280, height: 900 } };

type Options = { dark?: boolean; scripts?: boolean };

async function open(size: keyof typeof SIZES, options: Options = {}): Promise<Page> {
  const page = await site.visit('desktop', options);
  await page.setViewportSize(SIZES[size]);
  await page.goto(site.stack.url);
  return page;
}

const orderRow = (page: Page, uuid: string) => page.locator(`details[id="order-${uuid}"]`);

async function newestOrder(): Promise<string> {
  const { entries } = await site.stack.runtime.store.orders(
    site.stack.demoTenant,
    { fromMs: null, toMs: null, limit: 1, offset: 0 },
    {},
  );
  return entries[0]?.uuid ?? expect.fail('There is no order');
}

/** Sends an amount to the terminal by the page; the result is its order. */
async function sendToTerminal(page: Page, amount: string, what = 'payment'): Promise<string> {
  await page.fill('#due', amount);
  await page.selectOption('#what', what);
  await page.getByRole('button', { name: 'Send to the terminal' }).click();
  await page.getByText('Hold a card against the terminal').waitFor();
  return newestOrder();
}

describe('the home page', () => {
  test.each([
    { size: 'phone', dark: false },
    { size: 'phone', dark: true },
    { size: 'desktop', dark: false },
    { size: 'desktop', dark: true },
  ] as const)('fits a $size, dark: $dark, and keeps nobody out', async ({ size, dark }) => {
    const paid = await site.client.paidOrder({ url_post: site.shop.at('/seen') });
    const page = await open(size, { dark });
    await orderRow(page, paid.uuid).locator('summary').click();
    await sendToTerminal(page, '24.90');
    await expectAccessible(page);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(SIZES[size].width);
    if (dark === (size === 'phone')) await screen(page, `home-${size}`);
    await page.click('#tap-remove');
    await page.getByText('Ready').waitFor();
  });

  test('loads nothing from elsewhere, and says so to the browser', async () => {
    const page = await site.visit('desktop');
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    const answer = await page.goto(site.stack.url);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+';/);
    expect(policy).toContain("frame-ancestors 'none'");
    await page.waitForResponse(/live\.json/);
    expect([...origins]).toEqual([site.stack.url]);
  });

  test('has what a client is configured with, to copy', async () => {
    const page = await open('desktop');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const { apiKey, signature, services } = site.client.credentials;
    const shown = (await page.textContent('main')) ?? '';
    for (const value of [apiKey, signature, ...Object.values(services), 'pasarelaDemoLocation']) {
      expect(shown).toContain(value);
    }
    await page.getByRole('button', { name: 'Copy API key' }).click();
    await page.getByText('Copied').first().waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(apiKey);
  });

  test("lists the acquirer's own test cards", async () => {
    const page = await open('desktop');
    for (const type of ['PAYLANDS', 'REDSYS', 'CREDORAX', 'CASHFLOWS', 'CLEARHAUS']) {
      const table = page.locator('table', { has: page.locator('caption', { hasText: type }) });
      const numbers = await table
        .locator('[data-copy]')
        .evaluateAll((all) =>
          all.map((one) => (one as unknown as { dataset: { copy: string } }).dataset.copy),
        );
      expect(numbers).toEqual(testCardsOf(type).cards.map(({ pan }) => pan));
    }
  });

  test('opens a demo order that is paid, and shows what happened to it', async () => {
    const page = await open('desktop');
    await page.fill('#amount', '12,50');
    const opening = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Open the payment page' }).click();
    const buyer = await opening;
    await buyer.locator('#number').waitFor();
    const order = await newestOrder();
    await orderRow(page, order).locator('summary').click();
    await buyer.fill('#holder', 'Jane Doe');
    await buyer.fill('#number', '5590337536718399');
    await buyer.fill('#expiry', '12/34');
    await buyer.fill('#cvv', '123');
    await buyer.click('button.main');
    await buyer.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    await page.bringToFront();
    const row = orderRow(page, order);
    await row.getByText('AUTHORIZATION SUCCESS').waitFor();
    await row.getByText('12.50 EUR, MASTERCARD ending in 8399').waitFor();
    await row.getByText('HTTP 200 after').waitFor();
    expect(await row.getAttribute('open')).toBe('');
  });

  test('shows files under way and letters', async () => {
    const card = await site.client.saveCard();
    const rows = [1000, 2000].map(
      (amount) => `${amount},${card.uuid},customer,${site.client.credentials.services.redsys}`,
    );
    const csv = ['AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE', ...rows].join('\n');
    const file = { filename: 'june.csv', data: Buffer.from(csv).toString('base64') };
    expect((await site.client.post('/batch/authorizations', file)).status).toBe(200);
    const order = await site.client.createOrder();
    const letter = { order_uuid: order.uuid, destination: '+34600000000', subject: 'Coffee' };
    expect((await site.client.post('/payment/send', letter)).status).toBe(200);
    const page = await open('desktop');
    const batch = page.locator('.batches li', { hasText: 'june.csv' });
    await batch.getByText('of 2 rows').waitFor();
    expect(await batch.textContent()).toContain('30.00 EUR asked');
    await page.locator('.letters').getByText('SMS').waitFor();
  });
});

describe('the terminal of the home page', () => {
  test.each([
    { key: 'accept', what: 'payment', status: 'SUCCESS', pos: { brand: 'MASTERCARD' } },
    { key: 'refuse', what: 'payment', status: 'REFUSED', pos: { brand: 'MASTERCARD' } },
    { key: 'remove', what: 'payment', status: 'CANCELLED', pos: { brand: null } },
    { key: 'accept', what: 'preauth', status: 'PENDING_CONFIRMATION', pos: {} },
  ])('lets a person $key a $what', async ({ key, what, status, pos }) => {
    const page = await open('desktop');
    const order = await sendToTerminal(page, '24.90', what);
    expect(await page.textContent('.screen .due')).toBe('24.90 EUR');
    expect(await page.textContent('.left')).toMatch(/Decides by itself in \d+ s/);
    await page.click(`#tap-${key}`);
    await page.getByText('Ready').waitFor();
    expect(await page.textContent('.screen')).toContain('24.90 EUR');
    const transaction = expect.objectContaining({ pos: expect.objectContaining(pos) });
    expect(await site.client.order(order)).toMatchObject({ status, transactions: [transaction] });
    expect(await page.isDisabled(`#tap-${key}`)).toBe(true);
  });

  test('says what is wrong beside the button', async () => {
    const page = await open('desktop');
    await sendToTerminal(page, '5');
    await page.getByRole('button', { name: 'Send to the terminal' }).click();
    await page.getByText('have a pending transaction yet').waitFor();
    await page.click('#tap-accept');
    await page.getByText('Ready').waitFor();
  });

  test('works without scripts', async () => {
    const page = await open('phone', { scripts: false });
    await page.fill('#due', '3');
    await page.getByRole('button', { name: 'Send to the terminal' }).click();
    const order = await newestOrder();
    await page.click('#tap-accept');
    await page.getByText('Ready').waitFor();
    expect((await site.client.order(order)).status).toBe('SUCCESS');
  });
});

describe('a page of somebody else', () => {
  const forms = [
    ['/home/orders', 'amount=10&page=process'],
    ['/home/terminal/payment', 'amount=10&device=6a0c3a529e418b7fa5d23c18'],
    ['/home/terminal', 'tap=accept&device=6a0c3a529e418b7fa5d23c18&transaction=1'],
  ] as const;

  const post = (path: string, body: string, headers: Record<string, string>) =>
    httpCall(site.stack.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });

  test.each(forms)('cannot post to %s', async (path, body) => {
    const before = await newestOrder();
    for (const origin of ['http://evil.example', 'null', `${site.stack.url}.evil.example`]) {
      expect((await post(path, body, { origin })).status, origin).toBe(403);
    }
    expect((await post(path, body, {})).status).toBe(403);
    expect(await newestOrder()).toBe(before);
    const own = await post(path, body, { origin: site.stack.url });
    expect(own.status).not.toBe(403);
    const page = await open('desktop');
    if (path.endsWith('/payment')) await page.click('#tap-accept');
  });

  test.each(['/', '/home/live.json', '/docs', '/docs/start.js', '/mailbox', '/mailbox.json'])(
    'cannot read %s under a name of its own',
    async (path) => {
      const read = (host: string) =>
        httpCall(site.stack.url + path, { method: 'GET', headers: { host } });
      const { port } = new URL(site.stack.url);
      for (const host of ['evil.example', `evil.example:${port}`, 'localhost.evil.example']) {
        expect((await read(host)).status, host).toBe(403);
      }
      for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
        expect((await read(host)).status, host).toBe(200);
      }
    },
  );
});
