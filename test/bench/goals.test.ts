import { expect, test } from 'vitest';
import { atLeast, atMost, takeMissed } from './goals.ts';

test('what misses its goal is named, and what meets it is not', () => {
  expect(atMost('a charge', 24, 24)).toBe('<= 24');
  expect(atMost('a refund', 14.1, 14)).toBe('<= 14 MISSED');
  expect(atLeast('the ratio', 0.49, 0.5)).toBe('>= 0.5 MISSED');
  expect(atLeast('a ratio', Number.NaN, 0.5)).toBe('>= 0.5 MISSED');
  expect(takeMissed()).toEqual([
    'a refund: 14.1, goal <= 14',
    'the ratio: 0.49, goal >= 0.5',
    'a ratio: NaN, goal >= 0.5',
  ]);
  expect(takeMissed()).toEqual([]);
});
