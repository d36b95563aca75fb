import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LedgerError } from '#ledger/core/errors.ts';
import { isAccountNumber, keptNumber } from '#ledger/customers/account-number.ts';
import {
  type CustomerAddress,
  MAX_PARTS,
  newCustomerFile,
  withAddress,
  withoutPart,
} from '#ledger/customers/customer-file.ts';

const address = (uuid: string, isDefault: boolean): CustomerAddress => ({
  uuid,
  type: 'OTHER',
  line1: 'Ronda Magdalena 20',
  line2: null,
  line3: null,
  city: 'Castellón',
  state: 'Castellón',
  country: 'ESP',
  postalCode: '12006',
  isDefault,
});

describe('addresses', () => {
  test('whatever is added, replaced and removed, one is the default at most', () => {
    const step = fc.record({
      uuid: fc.constantFrom('A', 'B', 'C', 'D'),
      isDefault: fc.boolean(),
      remove: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const file = steps.reduce(
          (before, { uuid, isDefault, remove }) =>
            remove ? withoutPart(before, uuid) : withAddress(before, address(uuid, isDefault)),
          newCustomerFile('jane'),
        );
        const last = steps.at(-1);
        const defaults = file.addresses.filter((one) => one.isDefault);
        expect(defaults.length).toBeLessThanOrEqual(1);
        if (last?.isDefault === true && !last.remove) expect(defaults[0]?.uuid).toBe(last.uuid);
        expect(new Set(file.addresses.map((one) => one.uuid)).size).toBe(file.addresses.length);
      }),
    );
  });

  test('a file ends at a hundred, and what it has can still be changed', () => {
    const full = Array.from({ length: MAX_PARTS }, (_, index) => String(index)).reduce(
      (file, uuid) => withAddress(file, address(uuid, false)),
      newCustomerFile('jane'),
    );
    expect(() => withAddress(full, address('one more', false))).toThrow(LedgerError);
    expect(withAddress(full, address('7', true)).addresses).toHaveLength(MAX_PARTS);
  });
});

describe('account numbers', () => {
  test('of a card number the middle is never kept', () => {
    expect(isAccountNumber('CARD_NUMBER', '4548 8120 4940 0004')).toBe(true);
    expect(isAccountNumber('CARD_NUMBER', '4548812049400005')).toBe(false);
    const kept = keptNumber('CARD_NUMBER', '4548-8120-4940-0004');
    expect(kept).toBe('454881******0004');
    expect(isAccountNumber('CARD_NUMBER', kept)).toBe(true);
    expect(keptNumber('CARD_NUMBER', kept)).toBe(kept);
  });

  test('a CLABE with any one digit changed is not one', () => {
    const clabe = '032180000118359719';
    expect(isAccountNumber('ACCOUNT_CLABE', clabe)).toBe(true);
    fc.assert(
      fc.property(fc.nat(17), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digit = (Number(clabe[at]) + by) % 10;
        const changed = clabe.slice(0, at) + digit + clabe.slice(at + 1);
        expect(isAccountNumber('ACCOUNT_CLABE', changed)).toBe(false);
      }),
    );
  });

  test.each([
    ['MOBILE_PHONE_NUMBER', '+34 666 554 411', '+34666554411'],
    ['NOT_USED_FOR_THIS_BANK', 'n/a', 'n/a'],
    ['PERSONAL', 'ES90 3035-0000', 'ES9030350000'],
  ] as const)('%s takes %s', (type, text, kept) => {
    expect(isAccountNumber(type, text)).toBe(true);
    expect(keptNumber(type, text)).toBe(kept);
  });

  test.each([
    ['MOBILE_PHONE_NUMBER', 'none'],
    ['PERSONAL', '€'],
    ['ACCOUNT_CLABE', '1'],
  ] as const)('%s does not take %s', (type, text) => {
    expect(isAccountNumber(type, text)).toBe(false);
  });
});
