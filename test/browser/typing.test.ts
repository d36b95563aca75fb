import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible, screen, siteOfTests } from '#test/support/browser.ts';

const site = siteOfTests();

async function open(path = 'process', fields: object = {}): Promise<Page> {
  const order = await site.client.createOrder({ customer_ext_id: 'typist', ...fields });
  const page = await site.visit('phone');
  await page.goto(`${site.client.credentials.baseUrl}/payment/${path}/${order.token}`);
  return page;
}

const isInvalid = (page: Page, field: string) => page.getAttribute(field, 'aria-invalid');

describe('a buyer who types', () => {
  test.each([
    ['12/34', '12/34'],
    ['1234', '12/34'],
    ['12/2034', '12/34'],
    ['122034', '12/34'],
    ['1/34', '01/34'],
    ['534', '05/34'],
  ])('the expiry %s reads %s', async (keys, expected) => {
    const page = await open();
    await page.locator('#expiry').pressSequentially(keys);
    expect(await page.inputValue('#expiry')).toBe(expected);
  });

  test('can delete what was typed in, and whose browser fills it in whole', async () => {
    const page = await open();
    await page.locator('#expiry').pressSequentially('12');
    expect(await page.inputValue('#expiry')).toBe('12/');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    expect(await page.inputValue('#expiry')).toBe('');
    await page.fill('#expiry', '12/2034');
    expect(await page.inputValue('#expiry')).toBe('12/34');
  });

  test.each([
    ['4548812049400004', 'visa', '4548 8120 4940 0004'],
    ['378282246310005', 'american-express', '3782 822463 10005'],
    ['6011111111111117', 'discover', '6011 1111 1111 1117'],
    ['6205500000000000004', 'unionpay', '6205 5000 0000 0000004'],
    ['6759649826438453', 'maestro', '6759 6498 2643 8453'],
  ])('%s sees %s, in its groups', async (digits, brand, text) => {
    const page = await open();
    await page.locator('#number').pressSequentially(digits);
    expect(await page.inputValue('#number')).toBe(text);
    const shown = page.locator('.mark:not(.dim)');
    expect(await shown.count()).toBe(1);
    expect(await shown.getAttribute('data-brand')).toBe(brand);
  });

  test('into the middle of a number keeps the caret there', async () => {
    const page = await open();
    await page.locator('#number').pressSequentially('45488120494');
    for (let count = 0; count < 4; count += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('77');
    expect(await page.inputValue('#number')).toBe('4548 8120 7749 4');
    await page.keyboard.type('9');
    expect(await page.inputValue('#number')).toBe('4548 8120 7794 94');
  });

  test('sees an error go as soon as it is corrected, and the summary with the last one', async () => {
    const page = await open();
    await page.fill('#number', '4548812049400005');
    await page.click('button[value=pay]');
    expect(await isInvalid(page, '#number')).toBe('true');
    expect(await isInvalid(page, '#expiry')).toBe('true');
    expect(await page.evaluate('document.activeElement.id')).toBe('number');
    await page.fill('#number', '4548812049400004');
    expect(await isInvalid(page, '#number')).toBe('false');
    expect(await page.textContent('#number-error')).toBe('');
    expect(await isInvalid(page, '#expiry')).toBe('true');
  });

  test('what the server refused sees that go too', async () => {
    const page = await open();
    await page.evaluate("document.querySelector('form').removeAttribute('data-card')");
    await page.evaluate("document.querySelector('form').submit()");
    await page.locator('.summary').waitFor();
    const right = { number: '4548812049400004', expiry: '12/34', cvv: '123', holder: 'Jane' };
    for (const [name, value] of Object.entries(right)) await page.fill(`#${name}`, value);
    expect(await page.locator('.summary').count()).toBe(0);
    expect(await page.locator('[aria-invalid=true]').count()).toBe(0);
  });

  test('has fields of one height, in one line', async () => {
    const page = await open();
    const boxes = await Promise.all(
      ['#expiry', '#cvv', '#number'].map((one) => page.locator(one).boundingBox()),
    );
    expect(boxes[0]?.y).toBe(boxes[1]?.y);
    expect(new Set(boxes.map((box) => box?.height)).size).toBe(1);
  });
});

describe('a buyer who pays', () => {
  test('sees that it is under way and cannot press again', async () => {
    const page = await open();
    await page.getByText('Tarjetas de prueba').click();
    await page.getByRole('button', { name: /se paga$/ }).click();
    // The form is kept from leaving, so that what its buyer sees meanwhile can be looked at.
    await page.evaluate("addEventListener('submit', (event) => event.preventDefault())");
    await page.click('button[value=pay]');
    await page.locator('body[aria-busy=true] button.busy:disabled').waitFor();
    expect(await page.locator('button:enabled').count()).toBe(0);
    await expectAccessible(page);
    await page.evaluate("dispatchEvent(new Event('pageshow'))");
    expect(await page.locator('button:disabled, .busy, [aria-busy]').count()).toBe(0);
  });

  test('in the sandbox clicks a card, whatever is to happen with it', async () => {
    const page = await open();
    await page.getByText('Tarjetas de prueba').click();
    await expectAccessible(page);
    await screen(page, 'test-cards');
    await page.getByRole('button', { name: 'se rechaza' }).click();
    expect(await page.inputValue('#expiry')).toBe('12/34');
    await page.click('button[value=pay]');
    await page.getByRole('heading', { name: 'Pago rechazado' }).waitFor();
  });

  test('finds a way back to the shop', async () => {
    const page = await open('process', { url_ok: 'https://shop.example/thanks?order=1' });
    await page.click('button[value=cancel]');
    await page.getByRole('heading', { name: 'Pago cancelado' }).waitFor();
    const link = page.getByRole('link', { name: 'Volver a la tienda' });
    expect(await link.getAttribute('href')).toBe('https://shop.example/');
    await expectAccessible(page);
  });
});

describe('the telephone of Bizum', () => {
  test('has the keyboard of one, and is checked before and after it is sent', async () => {
    const page = await open('bizum');
    expect(await page.getAttribute('#phone', 'type')).toBe('tel');
    expect(await page.getAttribute('#phone', 'inputmode')).toBe('tel');
    await page.fill('#phone', 'hola');
    await page.click('button[value=pay]');
    expect(await isInvalid(page, '#phone')).toBe('true');
    await page.evaluate("document.querySelector('form').submit()");
    await page.waitForLoadState();
    expect(await page.textContent('#phone-error')).toContain('Escribe un número de móvil');
    expect(await page.inputValue('#phone')).toBe('hola');
    await page.getByText('Teléfonos de prueba').click();
    await page.getByRole('button', { name: 'se paga' }).click();
    expect(await isInvalid(page, '#phone')).toBe('false');
    await page.click('button[value=pay]');
    await page.getByRole('heading', { name: 'Pago realizado' }).waitFor();
  });
});
