import { expect, test } from 'vitest';
import { maskCardNumbers, passesLuhn } from '#ledger/cards/luhn.ts';
import { LedgerError } from '#ledger/core/errors.ts';

test.each(['4548812049400004', '378282246310005', '6304000000000000'])('%s is valid', (digits) => {
  expect(passesLuhn(digits)).toBe(true);
});

test('a wrong digit is noticed', () => {
  expect(passesLuhn('4548812049400014')).toBe(false);
});

test('card numbers are masked, other numbers are not', () => {
  expect(maskCardNumbers('card 4548812049400004!')).toBe('card ****0004!');
  expect(maskCardNumbers('order 4548812049400014')).toBe('order 4548812049400014');
  expect(maskCardNumbers('invoice 20261120')).toBe('invoice 20261120');
});

test('an error never carries one, wherever a client put it', () => {
  const error = new LedgerError('service_not_found', '4548812049400004');
  expect(error.subject).toBe('****0004');
  expect(error.message).not.toContain('4548');
});
