import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import * as cardData from '#faces/paylands/card-data-fields.ts';
import { extraData, optionalExtraData } from '#faces/paylands/extra-data.ts';
import * as fields from '#faces/paylands/fields.ts';
import { customerIp } from '#faces/paylands/payer-fields.ts';

const ok = (type: z.ZodMiniType, value: unknown) => z.safeParse(type, value);

describe.each([
  [
    'amount',
    fields.amount,
    [
      [0, 0],
      ['100', 100],
      [2147483647, 2147483647],
      [1998.9999999999998, 1999],
      [1050.0000001, 1050],
    ],
    [
      -1,
      1.5,
      1998.9999,
      10.01,
      -0.9999999,
      '1998.9999999999998',
      '1.5',
      2147483648,
      'x',
      '',
      null,
      true,
      [],
      {},
      Number.NaN,
    ],
  ],
  ['positiveAmount', fields.positiveAmount, [['1', 1]], [0, -5]],
  [
    'flag',
    fields.flag,
    [
      [true, true],
      [0, false],
      [1, true],
      ['1', true],
      ['false', false],
      ['True', true],
      ['FALSE', false],
    ],
    [2, 'yes', null, {}],
  ],
  [
    'customerIp',
    customerIp,
    [
      ['1.2.3.4', '1.2.3.4'],
      ['2001:db8::1, 10.0.0.1, 10.0.0.2', '2001:db8::1'],
      [' 1.2.3.4 ,unknown', '1.2.3.4'],
      ['203.0.113.7:51234', '203.0.113.7'],
      ['[2001:db8::1]:443, 10.0.0.1', '2001:db8::1'],
      ['[2001:db8::1]', '2001:db8::1'],
      ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
      ['unknown, 203.0.113.7', '203.0.113.7'],
      ['', undefined],
      [' , 10.0.0.1', undefined],
      [null, undefined],
      [[], undefined],
    ],
    ['unknown', '1.2.3.4.5', '1.2.3', '1.2.3.4:x', '[1.2.3.4', 1],
  ],
  [
    'language',
    fields.language,
    ['es', 'es_ES', 'de_DE_formal', 'zh-Hant-TW', 'es-419', 'ast', 'es_ES.UTF-8', 'ca_ES@euro'].map(
      (one) => [one, one],
    ),
    ['', 'e', 'spanish', 'es_', 'es es', 'es/', '../es', 12],
  ],
  [
    'email',
    fields.email,
    [
      ['jane.@example.com', 'jane.@example.com'],
      [' Jane+tag@münchen.de ', 'Jane+tag@münchen.de'],
      ["o'brien@example.ie", "o'brien@example.ie"],
    ],
    ['jane', 'jane@example', 'a b@example.com', '<jane@example.com>', 'jane@example.com\n', ''],
  ],
  [
    'freeText',
    fields.freeText(10),
    [
      ['a\u2028b\u2029c', 'a\nb\nc'],
      [12.5, '12.5'],
    ],
    ['', 'x'.repeat(11), 'Tea 👍'.slice(0, -1), null, {}],
  ],
  [
    'uuid',
    fields.uuid,
    [['1f405ea3-9798-42a6-9e87-bd347ef67f55', '1F405EA3-9798-42A6-9E87-BD347EF67F55']],
    ['', 'x', 1, null, '1f405ea3979842a69e87bd347ef67f55'],
  ],
  [
    'cardNumber',
    cardData.cardNumber,
    [
      ['4548 8120 4940 0004', '4548812049400004'],
      [4111111111111111, '4111111111111111'],
    ],
    ['4111111111111112', '411', '', null, 'x'.repeat(16)],
  ],
  [
    'cvv',
    cardData.cvv,
    [
      ['123', '123'],
      [987, '987'],
      ['0123', '0123'],
    ],
    ['12', '12345', 'abc', null],
  ],
  [
    'expiryMonth',
    cardData.expiryMonth,
    [
      ['1', '01'],
      [12, '12'],
      ['09', '09'],
    ],
    [0, 13, 'x', null],
  ],
  [
    'expiryYear',
    cardData.expiryYear,
    [
      ['34', '34'],
      [34, '34'],
      ['2034', '34'],
    ],
    ['1', '034', 'x', null, 1934],
  ],
  [
    'webUrl',
    fields.webUrl,
    [
      ['https://a.es/x', 'https://a.es/x'],
      ['https://shop.example', 'https://shop.example'],
      ['https://shop.example/dziękuję', 'https://shop.example/dzi%C4%99kuj%C4%99'],
      ['https://españa.example/€?a=😀', 'https://xn--espaa-rta.example/%E2%82%AC?a=%F0%9F%98%80'],
      ['https://shop.example/thank you', 'https://shop.example/thank%20you'],
    ],
    [
      'a.es',
      'ftp://a',
      'javascript:alert(1)',
      'https://u:p@a',
      'https://:p@a',
      'https://a/\r\nset-cookie: b=c',
      'https://a/\n',
      'https://a/\u0000',
      `https://a/${'x'.repeat(2048)}`,
      `https://a/${'€'.repeat(1000)}`,
    ],
  ],
  [
    'externalId',
    fields.externalId,
    [
      ['user@a.es', 'user@a.es'],
      [42, '42'],
    ],
    ['', 'a\u0000b', 'a\nb', '\ud800', 'x'.repeat(256), null, {}],
  ],
] as const)('%s', (_, type, accepted, refused) => {
  test.each(accepted.map(([value, result]) => ({ value, result })))(
    'reads $value as $result',
    ({ value, result }) => {
      expect(ok(type, value).data).toBe(result);
    },
  );

  test.each(refused.map((value) => ({ value })))('refuses $value', ({ value }) => {
    expect(ok(type, value).success).toBe(false);
  });
});

test.each([undefined, null, ''])('an optional field is absent when it is %j', (value) => {
  expect(ok(fields.optional(fields.amount), value)).toMatchObject({ success: true });
  expect(ok(z.object({ a: fields.optional(fields.amount) }), { a: value }).data).toEqual({});
});

test('extra data is as every client reads it', () => {
  const given = { a: ['x\ud83d', { b: '\u2028', c: [] }], n: [0.00005, 1e21, -1.5e-14, 0.0001, 0] };
  const type = optionalExtraData(extraData);
  expect(ok(type, given).data).toEqual({
    a: ['x\ufffd', { b: '\n' }],
    n: ['0.00005', '1e+21', -1.5e-14, 0.0001, 0],
  });
});
