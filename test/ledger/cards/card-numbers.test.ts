import { expect, test } from 'vitest';
import {
  hasCardNumber,
  withoutCardNumbers,
  withoutCardNumbersIn,
} from '#ledger/cards/card-numbers.ts';

test.each([
  ['4548812049400004', true],
  ['paid with 4548 8120 4940 0004, thanks', true],
  ['4548-8120-4940-0004', true],
  ['5104550000000008', true],
  ['378282246310005', true],
  ['4548812049400005', false],
  ['1234567812345670', false],
  ['1763726400000', false],
  ['ES9121000418450200051332', false],
  ['2C1DE2D5-3246-4E4A-85B4-EA79BBA14674', false],
  ['order 12345', false],
  // By chance, some of its digits could be a card's.
  ['44937883-1026-4236-864d-12615d15672d', false],
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

test('a UUID beside it stays as it is', () => {
  const uuid = '44937883-1026-4236-864D-12615D15672D';
  const text = `${uuid} by 4548812049400004 for ${uuid}`;
  expect(withoutCardNumbers(text)).toBe(`${uuid} by ****0004 for ${uuid}`);
});

test('so are those in JSON, but for telephone numbers', () => {
  const phone = { prefix: '34', number: '4548812049400004' };
  const value = { note: ['4548812049400004'], number: 4548812049400004, profile: { phone } };
  expect(withoutCardNumbersIn(value)).toEqual({
    note: ['****0004'],
    number: '****0004',
    profile: { phone },
  });
});
