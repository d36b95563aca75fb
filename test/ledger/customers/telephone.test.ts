import { expect, test } from 'vitest';
import { isTelephone, telephoneOf } from '#ledger/customers/telephone.ts';

test.each([
  ['+34', '666 55-44.11', '+34666554411'],
  ['0034', '666554411', '+34666554411'],
  ['00351', '912 345 678', '+351912345678'],
  ['1-809', '555-0123', '+18095550123'],
  ['+1', '(305) 555-0123 ext. 12', '+13055550123'],
  ['32', '0475/12.34.56', '+320475123456'],
  ['+41', "44'123'45'67", '+41441234567'],
  ['+34', '600–112‑233', '+34600112233'],
  ['+44', '(0)20 7946 0958', '+442079460958'],
  ['966', '٥٠١٢٣٤٥٦٧', '+966501234567'],
  ['34', '+34 600 112 233', '+34 600 112 233'],
  ['34', '0034600112233', '0034600112233'],
  [null, '600 112 233', '600 112 233'],
])('%s and %s are %s', (prefix, number, whole) => {
  expect(isTelephone(number)).toBe(true);
  expect(telephoneOf(prefix, number)).toBe(whole);
});

test.each(['', '12', 'ko@ko.ko', '600112233 or 600112234', 'x12', '600112233x'])(
  '%j is none',
  (text) => {
    expect(isTelephone(text)).toBe(false);
    expect(telephoneOf('34', text)).toBe(text);
  },
);
