import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import {
  isItemValue,
  itemUuid,
  matchesOf,
  matchOf,
  type Screened,
} from '#ledger/security/list-item.ts';

const NOBODY: Screened = { card: null, ip: null, emails: [], phones: [], customer: null };

describe('a network', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  );

  test('has an address if and only if CIDR says so', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.nat(128), fc.boolean(), (one, other, size, near) => {
        const network = ipaddr.fromByteArray([...one]);
        const length = size % (one.length * 8 + 1);
        const address = near && one.length === other.length ? [...one.slice(0, -1), 7] : [...other];
        const ip = ipaddr.process(ipaddr.fromByteArray(address).toString());
        const item = matchOf('IP', `${network}/${length}`);
        expect(item).not.toBeNull();
        if (item === null) return;
        const found = matchesOf({ ...NOBODY, ip: ip.toString() }, [item.kind]).includes(item.match);
        const isIn = ip.kind() === network.kind() && ip.match(network as ipaddr.IPv4, length);
        expect(found).toBe(isIn);
      }),
    );
  });
});

describe('an e-mail address', () => {
  test.each([
    ['a@b.example.com', 'a@B.EXAMPLE.com', true],
    ['example.com', 'a@example.com', true],
    ['@example.com', 'a@b.example.com', true],
    ['ample.com', 'a@example.com', false],
    ['b.example.com', 'a@example.com', false],
    ['com', 'a@example.com', null],
  ])('on a list as %s: is %s on it? %s', (value, email, expected) => {
    const item = matchOf('EMAIL', value);
    if (item === null) return expect(expected).toBeNull();
    const found = matchesOf({ ...NOBODY, emails: [email] }, ['EMAIL', 'DOMAIN']);
    expect(found.includes(item.match)).toBe(expected);
  });
});

describe('a BIN', () => {
  const card = { fingerprint: 'f', bin: '454881', country: 'ES' };

  test.each([
    ['454881', {}, true],
    ['45488120', { bin8: '45488120' }, true],
    ['45488121', { bin8: '45488120' }, false],
    ['45488120', {}, false],
    ['454881', { bin8: '45488120' }, true],
  ])('on a list as %s has a card with %o: %s', (value, more, expected) => {
    const item = matchOf('BIN', value);
    const found = matchesOf({ ...NOBODY, card: { ...card, ...more } }, ['BIN']);
    expect(found.includes(item?.match ?? '')).toBe(expected);
  });

  test.each(['45488', '4548812', '454881204', '45x881'])('is not %s', (value) => {
    expect(matchOf('BIN', value)).toBeNull();
  });
});

describe('a telephone', () => {
  test.each([
    ['+34 666 554 411', '+34666554411', true],
    ['0034666554411', '+34666554411', true],
    ['666 55 44 11', '+34666554411', true],
    ['+34666554411', '666554411', false],
    ['666554411', '666554411', true],
    ['66655441', '+34666554411', false],
  ])('on a list as %s: is %s on it? %s', (value, phone, expected) => {
    const item = matchOf('PHONE', value);
    const found = matchesOf({ ...NOBODY, phones: [phone] }, ['PHONE']);
    expect(found.includes(item?.match ?? '')).toBe(expected);
  });
});

test('only kinds that lists have are looked up', () => {
  const card = { fingerprint: 'f'.repeat(128), bin: '454881', country: 'ES' };
  const all = {
    card,
    ip: '203.0.113.7',
    emails: ['a@b.es'],
    phones: ['+34666554411'],
    customer: 'x',
  };
  expect(matchesOf(all, [])).toEqual([]);
  expect(matchesOf(all, ['BIN', 'CUSTOMER'])).toEqual(['BIN#454881', 'CUSTOMER#x']);
  const most = ['CARD', 'BIN', 'COUNTRY', 'CUSTOMER', 'EMAIL', 'DOMAIN', 'PHONE', 'IP'];
  expect(matchesOf(all, most).length).toBeLessThan(20);
});

test.each([
  ['CARD', '4548812049400005'],
  ['BIN', '4548812'],
  ['IP', '1.2.3'],
  ['IP', '1.2.3.4/33'],
  ['EMAIL', 'nobody'],
  ['COUNTRY', 'XX'],
  ['CUSTOMER', '  '],
  ['PHONE', 'none'],
] as const)('%s is not %s', (type, value) => {
  expect(isItemValue(type, value)).toBe(false);
});

test.each([
  ['CARD', '4548 8120 4940 0004'],
  ['CARD', 'F1E73ECB-D88C-4C57-919E-102F0E822416'],
  ['CARD', 'a'.repeat(128)],
  ['COUNTRY', 'ESP'],
  ['COUNTRY', 'es'],
  ['IP', '2001:db8::/32'],
] as const)('%s is %s', (type, value) => {
  expect(isItemValue(type, value)).toBe(true);
});

test('the identity of an item is that of what it means', () => {
  expect(itemUuid('LIST', 'IP#1.2.3.4')).toBe(itemUuid('LIST', 'IP#1.2.3.4'));
  expect(itemUuid('LIST', 'IP#1.2.3.4')).not.toBe(itemUuid('OTHER', 'IP#1.2.3.4'));
});

test.each([
  ['EMAIL', 'münchen.de', { emails: ['ada@xn--mnchen-3ya.de'] }],
  ['EMAIL', 'ada@xn--mnchen-3ya.de', { emails: ['Ada@MÜNCHEN.de'] }],
  ['EMAIL', '@例子.广告', { emails: ['用户@例子.广告'] }],
  ['PHONE', '0475/12.34.56', { phones: ['0475 12 34 56'] }],
  ['PHONE', '(+34) 600 112 233', { phones: ['+34600112233'] }],
] as const)('%s %s is matched however a payment writes it', (type, value, what) => {
  const item = matchOf(type, value);
  expect(matchesOf({ ...NOBODY, ...what }, [item?.kind ?? ''])).toContain(item?.match);
});
