import { afterAll, beforeAll, expect, test } from 'vitest';
import { APPROVED_PAN } from '#test/support/client.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const FORM = {
  action: 'pay',
  card: 'new',
  holder: 'Jane Doe',
  number: APPROVED_PAN,
  expiry: '12/34',
  cvv: '123',
};

test.each([
  ['https://shop.example/dziękuję', 'https://shop.example/dzi%C4%99kuj%C4%99'],
  ['https://shop.example/€?a=😀#b', 'https://shop.example/%E2%82%AC?a=%F0%9F%98%80#b'],
])('a buyer who has paid gets back to %s', async (url_ok, location) => {
  const { uuid, urls } = await stack.demo.createOrder({ url_ok });
  const page = String(urls?.payment_card);
  const attempt = /name="attempt" value="(\w+)"/.exec(await (await fetch(page)).text())?.[1] ?? '';
  const body = new URLSearchParams({ ...FORM, attempt });
  const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(location);
  expect((await stack.demo.order(uuid)).status).toBe('SUCCESS');
});

test.each([
  'https://u:p@shop.example/',
  'https://shop.example/\r\nx: y',
  'https://shop.example/\0',
])('a URL that cannot be one to return to is refused: %j', async (url_ko) => {
  const { credentials } = stack.demo;
  const answer = await stack.demo.post('/payment', {
    amount: 1000,
    operative: 'AUTHORIZATION',
    description: 'Test',
    customer_ext_id: 'customer',
    service: credentials.services.redsys,
    url_ko,
  });
  expect(answer).toMatchObject({
    status: 400,
    body: { details: expect.stringContaining('url_ko') },
  });
});
