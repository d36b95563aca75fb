import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Coupon,
  foldCode,
  isUsedUp,
  matches,
  problemsOf,
  statusOf,
} from '#ledger/purchases/coupon.ts';
import { NOW, NOW_MS } from '#test/support/orders.ts';

function coupon(changes: Partial<Coupon> = {}): Coupon {
  return {
    id: '67f6c132d9485f9dacd5f123',
    version: 1,
    location: 'BQdAwxa0ky1iK2sstLGJ',
    name: 'New Year Sale',
    code: 'LevelUp',
    discount: { type: 'percentage', value: 10 },
    startsAt: NOW,
    endsAt: null,
    usageLimit: null,
    customerLimit: null,
    usageCount: 0,
    products: [],
    prices: [],
    variants: [],
    renewals: { isApplied: true, months: null },
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

describe('the status of a coupon', () => {
  test.each([
    ['a moment before its start', {}, NOW_MS - 1, 'scheduled'],
    ['at its start', {}, NOW_MS, 'active'],
    ['a moment before its end', { endsAt: iso(NOW_MS + 10) }, NOW_MS + 9, 'active'],
    ['at its end', { endsAt: iso(NOW_MS + 10) }, NOW_MS + 10, 'expired'],
    ['one use before its limit', { usageLimit: 5, usageCount: 4 }, NOW_MS, 'active'],
    ['at its limit', { usageLimit: 5, usageCount: 5 }, NOW_MS, 'expired'],
    ['used up before its start', { usageLimit: 1, usageCount: 1 }, NOW_MS - 1, 'expired'],
  ] as const)('%s', (_, changes, nowMs, status) => {
    expect(statusOf(coupon(changes), nowMs)).toBe(status);
  });

  test('only goes from scheduled to active to expired as time and use go on', () => {
    const order = ['scheduled', 'active', 'expired'];
    const rank = (one: Coupon, nowMs: number) => order.indexOf(statusOf(one, nowMs));
    const times = fc.record({
      start: fc.nat(1000),
      length: fc.option(fc.integer({ min: 1, max: 1000 })),
      usageLimit: fc.option(fc.integer({ min: 1, max: 5 })),
      usageCount: fc.nat(6),
      now: fc.nat(2500),
      later: fc.nat(500),
      uses: fc.nat(3),
    });
    fc.assert(
      fc.property(times, ({ start, length, usageLimit, usageCount, now, later, uses }) => {
        const startsAt = iso(NOW_MS + start);
        const endsAt = length === null ? null : iso(NOW_MS + start + length);
        const one = coupon({ startsAt, endsAt, usageLimit, usageCount });
        const used = { ...one, usageCount: usageCount + uses };
        expect(rank(used, NOW_MS + now + later)).toBeGreaterThanOrEqual(rank(one, NOW_MS + now));
        expect(isUsedUp(one)).toBe(usageLimit !== null && usageCount >= usageLimit);
      }),
    );
  });
});

test('a draft may be wrong in several ways at once', () => {
  const wrong = coupon({ discount: { type: 'percentage', value: 100.01 }, endsAt: NOW });
  expect(problemsOf(wrong)).toEqual(['percentage_over_100', 'ends_before_start']);
  const high = coupon({ discount: { type: 'amount', value: 500 }, endsAt: iso(NOW_MS + 1) });
  expect(problemsOf(high)).toEqual([]);
});

test('codes are the same in any case', () => {
  const ascii = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_%') });
  fc.assert(
    fc.property(ascii, (code) => {
      expect(foldCode(code.toLowerCase())).toBe(foldCode(code.toUpperCase()));
    }),
  );
});

test('a text is looked for in name and code, together with the status', () => {
  const find = (search: string | null, status: 'active' | 'expired' | null = null) =>
    matches(coupon(), { search, status }, NOW_MS);
  expect([find('YEAR'), find('levelUP'), find(null), find('summer')]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect([find('year', 'active'), find('year', 'expired')]).toEqual([true, false]);
});
