import { expect, test } from 'vitest';
import { parseForm } from '#faces/pages/form.ts';
import { shopsOf } from '#faces/pages/framed-by.ts';
import { httpReplyOf } from '#faces/pages/page-reply.ts';
import { languageFor } from '#faces/pages/views/language.ts';
import { plainPage } from '#faces/pages/views/result-page.ts';
import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import { newOrder } from '#test/support/orders.ts';

const page = plainPage(languageFor('es'), 'notFound', 404);

test.each([
  { what: 'a page', reply: { page } },
  { what: 'where to go', reply: { redirect: 'https://shop.example/ok' } },
  { what: 'an answer to a script', reply: { script: { status: 200, body: '{}' } } },
])('the address of $what is a secret, and what it says is kept nowhere', ({ reply }) => {
  expect(httpReplyOf(reply).headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});

test('a page loads nothing from elsewhere, and a form of it may lead on to any shop', () => {
  const policy = httpReplyOf({ page }).headers?.['content-security-policy'] ?? '';
  const rules = policy.split('; ');
  expect(rules).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "base-uri 'none'",
      "form-action 'self' https: http:",
      'img-src data:',
    ]),
  );
  expect(policy).not.toContain('unsafe');
});

test('whose pages may frame those of an order is read from web addresses only', () => {
  const order = newOrder({
    successUrl: 'https://shop.example:8443/ok?a=b',
    failureUrl: 'https://shop.example;script-src/',
    notifyUrl: 'https://shop.example:8443/told',
  });
  expect(shopsOf(order, DEFAULT_TEMPLATE)).toEqual(['https://shop.example:8443']);
  const framedBy = ['https://other.example'];
  expect(shopsOf(order, { ...DEFAULT_TEMPLATE, framedBy })).toEqual(framedBy);
});

test('a form that is longer than any of ours is refused', () => {
  const post = (body: string) => parseForm({ body, isBase64Encoded: false } as never);
  expect(post('a=1&a=2&b=%C3%B1')).toEqual({ a: '2', b: 'ñ' });
  expect(() => post(`a=${'x'.repeat(22_000)}`)).toThrow('Body is too large');
});
