import { describe, expect, test } from 'vitest';
import {
  envelope,
  errorEnvelope,
  orderEnvelope,
  validationHash,
} from '#faces/paylands/envelope.ts';
import { phpJson } from '#faces/paylands/json.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { checkHash } from '#test/flows/check-answer.ts';
import { NOW_MS, newOrder, SERVICE } from '#test/support/orders.ts';

const SIGNATURE = '121149a0ba5361191d740fa898784a8b';
const MERCHANT: Merchant = {
  merchant: 'D329BC3B-0AE1-422E-9BB2-BCA1278487EE',
  environment: 'sandbox',
  name: 'Test',
  timeZone: 'America/Mexico_City',
  signature: SIGNATURE,
  clockOffsetMs: 0,
  testClock: false,
  services: [SERVICE],
};
const STYLE = { escapeSlashes: true, nowMs: NOW_MS };

describe('the hash vectors of contract B.4', () => {
  const order = { uuid: 'D16004FF-3421-409C-ADFC-DA2618D36135', amount: 1050, paid: true };
  const client = { uuid: MERCHANT.merchant };
  test.each([
    [{ order, client }, '14e97ec9b5a34416e77385a15a1620815dec0a32416ff962fecb24eeaf2c6ca3'],
    [
      { order, client, extra_data: { payment: { installments: 1 } } },
      '72b5cb0b7c1850ff6cb1bdd1cdc93577a7ca6d42fcd2fe38691e498b8fb4691c',
    ],
    [
      { order: { uuid: 'A', description: 'Café / té', amount: 100 }, client: { uuid: 'B' } },
      'b78b7ccdb2e657c35a7551190f0c980aeefcf5ebef48a91fc73183a5ee9d8430',
    ],
  ])('%j', (value, expected) => {
    expect(validationHash(value, SIGNATURE)).toBe(expected);
  });
});

describe('PHP-style JSON', () => {
  test('escapes slashes, or not', () => {
    expect(phpJson({ url: 'https://a/b' }, true)).toBe('{"url":"https:\\/\\/a\\/b"}');
    expect(phpJson({ url: 'https://a/b' }, false)).toBe('{"url":"https://a/b"}');
  });

  test('escapes beyond ASCII as code units, and reads back the same', () => {
    const value = { text: 'ñ€ 💶 \u2028 /\\/' };
    expect(phpJson(value, true)).toContain('\\u00f1\\u20ac \\ud83d\\udcb6 \\u2028');
    expect(JSON.parse(phpJson(value, true))).toEqual(value);
  });
});

describe('the envelope of an order', () => {
  const withExtras = newOrder({ extraData: { note: 'a/b ñ' }, additional: 'café / té' });

  test.each([true, false])('is hashed as plain JSON, slashes escaped: %s', (slashes) => {
    const body = orderEnvelope(withExtras, MERCHANT, 'merchant', {
      ...STYLE,
      escapeSlashes: slashes,
    });
    checkHash(body, SIGNATURE);
    expect(body.includes('\\/')).toBe(slashes);
    expect(Object.keys(JSON.parse(body))).toEqual([
      'message',
      'code',
      'current_time',
      'order',
      'client',
      'extra_data',
      'validation_hash',
    ]);
  });

  test('has no extra_data when the order has none', () => {
    const body = JSON.parse(orderEnvelope(newOrder(), MERCHANT, 'merchant', STYLE));
    expect(body).not.toHaveProperty('extra_data');
  });

  test('gives the token to the merchant, not to a notification', () => {
    const order = newOrder();
    const tokenFor = (audience: 'merchant' | 'notification') =>
      JSON.parse(orderEnvelope(order, MERCHANT, audience, STYLE)).order.token;
    expect(tokenFor('merchant')).toBe(order.token);
    expect(tokenFor('notification')).toBeNull();
  });

  test('tells times in Madrid and in the merchant’s zone', () => {
    const { order, current_time } = JSON.parse(
      orderEnvelope(newOrder(), MERCHANT, 'merchant', STYLE),
    );
    expect(current_time).toBe('2026-11-20T13:00:00+0100');
    expect(order.created).toBe('2026-11-20T13:00:00+0100');
    expect(order.created_from_client_timezone).toBe('2026-11-20T06:00:00-0600');
  });
});

test('a success begins with message, code and current_time', () => {
  expect(envelope({ profiles: ['all'] }, { ...STYLE, nowMs: Date.UTC(2026, 6, 1) })).toBe(
    '{"message":"OK","code":200,"current_time":"2026-07-01T02:00:00+0200","profiles":["all"]}',
  );
});

test('an error says its status again', () => {
  expect(errorEnvelope(400, 'Service not found: F46ER1Q8', STYLE)).toBe(
    '{"message":"Bad Request","code":400,"details":"Service not found: F46ER1Q8"}',
  );
  expect(errorEnvelope(500, null, STYLE)).toBe('{"message":"Internal Server Error","code":500}');
});
