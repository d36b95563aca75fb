import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { expectAccessible, SIZES, type Size, screen, siteOfTests } from '#test/support/browser.ts';

const site = siteOfTests();

const open = async (size: Size, fields: object, options: { dark?: boolean } = {}) => {
  const order = await site.client.createOrder({
    customer_ext_id: 'chooser',
    reference: `CHOICE-${randomUUID()}`,
    ...fields,
  });
  const page = await site.visit(size, options);
  await page.goto(`${site.client.credentials.baseUrl}/payment/checkout/${order.token}`);
  return { order, page };
};

describe.each(Object.keys(SIZES) as Size[])('the checkout on a %s', (size) => {
  test.each([
    ['Google Pay', 'GOOGLEPAY'],
    ['Apple Pay', 'APPLEPAY'],
  ])('takes %s', async (name) => {
    const { order, page } = await open(size, {});
    await expectAccessible(page);
    await page.getByRole('button', { name: `Pagar con ${name}` }).dblclick();
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
    const paid = await site.client.order(order.uuid);
    expect(paid.status).toBe('SUCCESS');
    expect(paid.transactions).toHaveLength(1);
  });
});

test('the checkout shows every way to pay, and the reference of the order', async () => {
  const { page } = await open('phone', { reference: 'PEDIDO-1042' });
  expect(await page.locator('.facts').textContent()).toBe('ReferenciaPEDIDO-1042');
  await screen(page, 'checkout-phone');
  const { page: dark } = await open('desktop', { reference: 'PEDIDO-1043' }, { dark: true });
  await expectAccessible(dark);
  await screen(dark, 'checkout-dark');
});

describe('a buyer who speaks', () => {
  test.each([
    ['es', 'Pago a Demo', '10,00\u00a0€'],
    ['en', 'Payment to Demo', '€10.00'],
    ['ca', 'Pagament a Demo', '10,00\u00a0€'],
    ['fr', 'Paiement à Demo', '10,00\u00a0€'],
    ['pt', 'Pagamento a Demo', '€\u00a010,00'],
    ['de', 'Zahlung an Demo', '10,00\u00a0€'],
  ])('%s reads "%s" and %s', async (lang, title, amount) => {
    const { token } = await site.client.createOrder({ customer_ext_id: 'polyglot' });
    const page = await site.visit('small', { language: lang === 'es' ? 'es-ES' : 'en-GB' });
    const { baseUrl } = site.client.credentials;
    await page.goto(`${baseUrl}/payment/process/${token}?lang=${lang}`);
    expect(await page.textContent('h1')).toBe(title);
    expect(await page.textContent('.amount')).toBe(amount);
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBe(0);
    await page.click('button[value=cancel]');
    await page.locator('.result').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
  });

  test('it as in a country of its own sees amounts as they are written there', async () => {
    const { token } = await site.client.createOrder({ customer_ext_id: 'polyglot' });
    const page = await site.visit('small', { language: 'pt-PT' });
    await page.goto(`${site.client.credentials.baseUrl}/payment/process/${token}`);
    expect(await page.textContent('.amount')).toBe('10,00\u00a0€');
  });
});
