import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { addTemplate } from '#administration/templates.ts';
import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import { screen, siteOfTests } from '#test/support/browser.ts';
import { type ShopPage, startShopPage } from '#test/support/shop-page.ts';

const site = siteOfTests();
const shops: ShopPage[] = [];
afterEach(() => {
  for (const shop of shops.splice(0)) shop.close();
});

const addressOf = (token: string | null) =>
  `${site.client.credentials.baseUrl}/payment/process/${token}`;

/** A shop that has the payment of an order in a frame. */
async function shopFor(fields: (url: string) => object): Promise<ShopPage> {
  let token: string | null = null;
  const shop = await startShopPage(
    () => `<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>
<iframe title="Payment" src="${addressOf(token)}" width="400" height="760">`,
  );
  shops.push(shop);
  ({ token } = await site.client.createOrder({ customer_ext_id: 'framed', ...fields(shop.url) }));
  return shop;
}

const isShown = async (page: Page) =>
  (await page.frameLocator('iframe').locator('#number').count()) === 1;

/** Opens a shop whose frame the browser must not fill. */
async function refusedIn(page: Page, { url }: ShopPage): Promise<string> {
  const refusal = page.waitForEvent('console', (one) => one.text().includes('frame-ancestors'));
  await page.goto(url);
  const text = (await refusal).text();
  expect(await isShown(page)).toBe(false);
  return text;
}

describe('a page inside a frame', () => {
  test('is light as most shops are, whatever the system prefers, and can be paid on', async () => {
    const shop = await shopFor((url) => ({ url_post: url }));
    const page = await site.visit('small', { dark: true });
    await page.goto(shop.url);
    const frame = page.frameLocator('iframe');
    await frame.locator('#number').fill('5590337536718399');
    await frame.locator('#expiry').fill('1234');
    await frame.locator('#cvv').fill('123');
    await frame.locator('#holder').fill('Jane Doe');
    const look = await page.frames()[1]?.evaluate(`(() => {
      const { backgroundColor, colorScheme } = getComputedStyle(document.body);
      return { backgroundColor, colorScheme };
    })()`);
    expect(look).toEqual({ backgroundColor: 'rgb(255, 255, 255)', colorScheme: 'light' });
    await screen(page, 'framed');
    await frame.locator('button.main').click();
    await frame.getByRole('heading', { name: 'Pago realizado' }).waitFor();
  });

  test('is one of the shop of its order, by any of its addresses', async () => {
    const page = await site.visit('phone');
    for (const name of ['url_ok', 'url_ko', 'url_post']) {
      await page.goto((await shopFor((url) => ({ [name]: `${url}done?a=b` }))).url);
      await expect.poll(() => isShown(page), { message: name }).toBe(true);
    }
    const another = await shopFor(() => ({ url_ok: 'https://shop.example/ok' }));
    expect(await refusedIn(page, another)).toContain("frame-ancestors 'self' https://shop.example");
  });

  test('may be in any shop when its order says nothing of its own', async () => {
    const page = await site.visit('phone');
    await page.goto((await shopFor(() => ({}))).url);
    await expect.poll(() => isShown(page)).toBe(true);
  });

  test('is in the shops that its template names, and in no other', async () => {
    const { templates } = site.stack.runtime;
    const template = async (framedBy: string[]) => {
      const { uuid: _, ...plain } = DEFAULT_TEMPLATE;
      const draft = { ...plain, name: 'Framed', framedBy };
      return (await addTemplate(templates, site.stack.demoTenant, draft)).uuid;
    };
    const others = await template(['https://*.shop.example']);
    const page = await site.visit('phone');
    await refusedIn(page, await shopFor((url) => ({ url_ok: url, template_uuid: others })));
    for (const wrong of [
      'shop.example',
      'https://shop.example/',
      '*',
      "https://a;script-src 'x'",
    ]) {
      await expect(template([wrong])).rejects.toThrow('is not the origin of a shop');
    }
  });
});
