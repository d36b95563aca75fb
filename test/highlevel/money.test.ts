import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMajor, toMinor } from '#faces/highlevel/money.ts';

test.each([
  [15_010, 2, 150.1],
  [1999, 2, 19.99],
  [5, 2, 0.05],
  [0, 2, 0],
  [500, 0, 500],
  [1234, 3, 1.234],
  [-250, 2, -2.5],
  [2_147_483_647, 3, 2_147_483.647],
])('%d with %d digits is %d, and back', (minor, digits, major) => {
  expect(toMajor(minor, digits)).toBe(major);
  expect(toMinor(major, digits)).toBe(minor);
});

test.each([
  [10.1 + 20.2, 2, 3030],
  [0.1 + 0.2, 2, 30],
  [1.1 * 3, 2, 330],
  [0.3 - 0.1 - 0.2, 2, 0],
  [33.33 * 3, 3, 99_990],
  [9_999_999_999.98 + 0.01, 2, 999_999_999_999],
])('%d with %d digits is %d, whatever a sum left behind', (major, digits, minor) => {
  expect(Math.abs(toMinor(major, digits) ?? Number.NaN)).toBe(minor);
});

test.each([
  [0.001, 2],
  [10.555, 2],
  [0.5, 0],
  [1.2345, 3],
  [1e21, 2],
  [1e-7, 2],
  [Number.NaN, 2],
  [Number.POSITIVE_INFINITY, 2],
])('%d is no amount with %d digits', (major, digits) => {
  expect(toMinor(major, digits)).toBeNull();
});

test('every amount of every currency goes there and back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_999_999 }),
      fc.constantFrom(0, 2, 3),
      (minor, digits) => {
        expect(toMinor(toMajor(minor, digits), digits)).toBe(minor);
      },
    ),
  );
});
