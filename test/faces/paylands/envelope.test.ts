import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { envelope, errorEnvelope, orderEnvelope } from '#faces/paylands/envelope.ts';
import { phpJson } from '#faces/paylands/json.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
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

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the hash vectors of contract B.4', () => {
  const order = { uuid: 'D16004FF-3421-409C-ADFC-DA2618D36135', amount: 1050, paid: true };
  const client = { uuid: MERCHANT.merchant };
  test.each([
    [{ order, client }, true, '14e97ec9b5a34416e77385a15a1620815dec0a32416ff962fecb24eeaf2c6ca3'],
    [
      { order, client, extra_data: { payment: { installments: 1 } } },
      true,
      '72b5cb0b7c1850ff6cb1bdd1cdc93577a7ca6d42fcd2fe38691e498b8fb4691c',
    ],
    [
      { order: { uuid: 'A', description: 'Café / té', amount: 100 }, client: { uuid: 'B' } },
      true,
      '9a98f4008dd42523a66d117b911915d97c0a25a4f0d708a6948c4bcbb083d97d',
    ],
  ])('%j', (value, escapeSlashes, expected) => {
    expect(sha256(phpJson(value, escapeSlashes) + SIGNATURE)).toBe(expected);
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

  test.each([true, false])('is hashed exactly as it is sent, slashes escaped: %s', (slashes) => {
    const body = orderEnvelope(withExtras, MERCHANT, 'merchant', {
      ...STYLE,
      escapeSlashes: slashes,
    });
    const hashed = `{${body.slice(body.indexOf('"order"'), body.indexOf(',"validation_hash"'))}}`;
    expect(JSON.parse(body).validation_hash).toBe(sha256(hashed + SIGNATURE));
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
