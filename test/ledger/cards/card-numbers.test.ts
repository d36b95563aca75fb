import { expect, test } from 'vitest';
import {
  hasCardNumber,
  withoutCardNumbers,
  withoutCardNumbersIn,
  withoutLikelyCardNumbers,
} from '#ledger/cards/card-numbers.ts';
import { LedgerError } from '#ledger/core/errors.ts';

/** Each has digits in it that are a card's by chance. */
const IDENTIFIERS = [
  '44937883-1026-4236-864D-12615D15672D',
  'abc4548812049400004f0a1b',
  'ABC4548812049400004F0A1BC4D5E6F7',
  'abc4548812049400004f0a1bc4d5e6f7a8b9c0d1',
  `${'0a'.repeat(23)}b4548812049400004f`,
  `${'0a'.repeat(55)}b4548812049400004f`,
];

test.each([
  ['4548812049400004', true],
  ['paid with 4548 8120 4940 0004, thanks', true],
  ['4548-8120-4940-0004', true],
  ['4548.8120.4940.0004', true],
  ['3782 822463 10005', true],
  ['3056 930902 5904', true],
  ['6304 0000 0000 0000', true],
  ['6759 6498 2643 8453 014', true],
  // With what belongs to it, or with anything else.
  ['4548812049400004 123', true],
  ['4548812049400004 12/30 123', true],
  ['4548 8120 4940 0004 1230 123', true],
  ['2026 4548 8120 4940 0004', true],
  ['4548812049400005 4548812049400004', true],
  ['visa4548812049400004', true],
  // As spreadsheets, keyboards, programs and addresses on the web write it.
  ['4548\u00a08120\u00a04940\u00a00004', true],
  ['4548  8120  4940  0004', true],
  ['4548\u20138120\u20134940\u20130004', true],
  ['4548\u200b8120\u200b4940\u200b0004', true],
  ['4548_8120_4940_0004', true],
  ['4548/8120/4940/0004', true],
  ['45 48 81 20 49 40 00 04', true],
  ['4 5 4 8 8 1 2 0 4 9 4 0 0 0 0 4', true],
  ['４５４８８１２０４９４００００４', true],
  ['٤٥٤٨٨١٢٠٤٩٤٠٠٠٠٤', true],
  ['https://shop.example/?note=card%204548812049400004', true],
  ['https://shop.example/?card=4548%208120%204940%200004', true],
  ['https://shop.example/?card=4548+8120+4940+0004', true],
  ['/payment/https%3A%2F%2Fshop.example%2F%3Fnote%3Dcard%25204548812049400004', true],
  ['4548%25208120%25204940%25200004', true],
  ['5104550000000008', true],
  ['378282246310005', true],
  ['4548812049400005', false],
  ['1234567812345670', false],
  ['1763726400000', false],
  ['ES9121000418450200051332', false],
  ['2C1DE2D5-3246-4E4A-85B4-EA79BBA14674', false],
  ['order 12345', false],
  // An EAN, an order of Shopify, an IMEI, an ICCID, identity numbers of two countries, telephones,
  // times: each has the check digit of a card.
  ['4006381333924', false],
  ['6304561234565', false],
  ['352099001761481', false],
  ['8934071100268980124', false],
  ['4501015800081', false],
  ['441521198502030412', false],
  ['62812345678901', false],
  ['+49 176 1234 5672', false],
  ['20261122070400', false],
  ['1763795040005', false],
  // A reference that begins with its time is in Mastercard's second range; others there are cards'.
  ['2611221530450005', false],
  ['2611321530450003', true],
  ['2611222530450003', true],
  ['2223003122003206', true],
  // References of orders: nobody groups a card number so.
  ['4548-81204940-0004', false],
  ['454881-2049400004', false],
  ['44937883-1026-4236-864d-12615d15672d 4548812049400004', true],
  ['44937883-1026-4236-864d-12615d15672d4548812049400004', true],
])('%s has a card number: %s', (text, expected) => {
  expect(hasCardNumber(text)).toBe(expected);
});

test('a card number in a text is left with its last four digits', () => {
  expect(withoutCardNumbers('by 4548 8120 4940 0004 or 378282246310005.')).toBe(
    'by ****0004 or ****0005.',
  );
});

test('is left with them too when its security code follows', () => {
  expect(withoutCardNumbers('4548 8120 4940 0004 123')).toBe('****0004 123');
  expect(withoutCardNumbers('4548812049400004 12/30 123, 2')).toBe('****0004 12/30 123, 2');
});

test.each(IDENTIFIERS)('%s is an identifier and stays as it is', (identifier) => {
  expect(hasCardNumber(identifier)).toBe(false);
  const text = `${identifier} by 4548812049400004 for ${identifier}`;
  expect(withoutCardNumbers(text)).toBe(`${identifier} by ****0004 for ${identifier}`);
  expect(withoutLikelyCardNumbers(text)).toBe(`${identifier} by ****0004 for ${identifier}`);
});

test('an error carries none, of whatever scheme, wherever a client put it', () => {
  for (const number of ['4548812049400004', '1234567812345670']) {
    const error = new LedgerError('service_not_found', number);
    expect(error.subject).toBe(`****${number.slice(-4)}`);
    expect(error.message).not.toContain(number.slice(0, 4));
  }
  for (const other of ['order 4548812049400014 of 20261120', ...IDENTIFIERS]) {
    expect(new LedgerError('device_not_found', other).subject).toBe(other);
  }
});

test('so are those in JSON, names of fields included', () => {
  const pan = '4548812049400004';
  const phone = { prefix: '62', number: '81234567890' };
  const value = { note: [pan], number: Number(pan), home_phone: pan, [pan]: 1, phone };
  expect(withoutCardNumbersIn(value)).toEqual({
    note: ['****0004'],
    number: '****0004',
    home_phone: '****0004',
    '****0004': 1,
    phone,
  });
});

test('what stands around one stays as it is', () => {
  expect(withoutCardNumbers('٤٥٤٨٨١٢٠٤٩٤٠٠٠٠٤ — ٣')).toBe('****0004 — ٣');
  expect(withoutCardNumbers('a%204548%208120%204940%200004%20b')).toBe('a%20****0004%20b');
});
