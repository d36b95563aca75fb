import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '#infra/cli/duration.ts';
import { formatAmount } from '#infra/cli/money.ts';

test.each([
  ['90s', 90_000, '1m 30s'],
  ['15m', 900_000, '15m'],
  ['1d12h', 129_600_000, '1d 12h'],
  ['2w', 1_209_600_000, '14d'],
  ['0s', 0, '0s'],
  ['1y', 365 * 86_400_000, '365d'],
  ['2mo1d', 60 * 86_400_000, '60d'],
])('%s is %i ms', (text, milliseconds, words) => {
  expect(parseDuration(text, Date.UTC(2026, 0, 31))).toBe(milliseconds);
  expect(formatDuration(milliseconds)).toBe(words);
});

test.each(['', '12', 'd', '-1d', '1.5h', '1 d', '1yr'])('%j is no duration', (text) => {
  expect(() => parseDuration(text, 0)).toThrow('not a duration');
});

test.each([
  [1050, 'EUR', 2, '10.50 EUR'],
  [5, 'EUR', 2, '0.05 EUR'],
  [0, 'EUR', 2, '0.00 EUR'],
  [1050, 'JPY', 0, '1050 JPY'],
  [1, 'KWD', 3, '0.001 KWD'],
])('%i of %s is written %s', (amount, code, digits, text) => {
  expect(formatAmount(amount, { code, number: '', digits })).toBe(text);
});
