import { expect, test } from 'vitest';
import { passesLuhn } from '#ledger/cards/luhn.ts';

test.each(['4548812049400004', '378282246310005', '6304000000000000'])('%s is valid', (digits) => {
  expect(passesLuhn(digits)).toBe(true);
});

test('a wrong digit is noticed', () => {
  expect(passesLuhn('4548812049400014')).toBe(false);
});
