import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bankOfIban, maskIban, parseIban } from '#ledger/customers/iban.ts';

const IBANS = [
  'ES9030350000070000000202',
  'DE89370400440532013000',
  'PT50000201231234567890154',
  'NO9386011117947',
  'MT84MALT011000012345MTLCAST001S',
];

test.each(IBANS)('%s is one in any form, and shows its ends only', (iban) => {
  expect(parseIban(iban.replace(/(.{4})/g, '$1 ').toLowerCase())).toBe(iban);
  expect(parseIban(`IBAN: ${iban}`)).toBe(iban);
  expect(maskIban(iban)).toHaveLength(iban.length);
  expect(maskIban(iban)).toBe(`${iban.slice(0, 4)}${'*'.repeat(iban.length - 8)}${iban.slice(-4)}`);
});

test('with one digit changed it is none', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...IBANS),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (iban, n, by) => {
        const at = 2 + (n % (iban.length - 2));
        const digit = Number(iban[at]);
        fc.pre(!Number.isNaN(digit));
        const changed = iban.slice(0, at) + ((digit + by) % 10) + iban.slice(at + 1);
        expect(parseIban(changed)).toBeNull();
      },
    ),
  );
});

test('the larger banks of Spain are known by their code', () => {
  expect(bankOfIban('ES9030350000070000000202')).toEqual({
    country: 'ES',
    bic: 'CLPEES2M',
    bank: 'CAJA LABORAL POPULAR, C.C.',
  });
  expect(bankOfIban('DE89370400440532013000')).toEqual({ country: 'DE', bic: null, bank: null });
});
