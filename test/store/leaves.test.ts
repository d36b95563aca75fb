import { describe, expect, test } from 'vitest';
import { ALL } from '#store/lists/counts.ts';
import { bySheet, NO_COUNTS, revised, totalOfDay, withChanges } from '#store/lists/day-counts.ts';
import { type Leaves, leafAt, sumOfLeaves, timesOf, totalOfLeaves } from '#store/lists/leaves.ts';

/** So many entries in each finest leaf of a stretch of a day. */
function entries(fromMs: number, toMs: number, each: number, part = 'paid'): Leaves {
  const leaves: Leaves = {};
  for (let ms = fromMs; ms < toMs; ms += 100) leaves[leafAt(ms)] = { [ALL]: each, [part]: each };
  return leaves;
}

describe('leaves', () => {
  test('of a time are a tenth of a second long and hold it', () => {
    expect(leafAt(0)).toBe('0.00');
    expect(leafAt(1_234_567)).toBe('123.45');
    expect(timesOf('123.45')).toEqual({ fromMs: 1_234_500, toMs: 1_234_600 });
    expect(timesOf('123.4')).toEqual({ fromMs: 1_234_000, toMs: 1_235_000 });
    expect(timesOf('123')).toEqual({ fromMs: 1_230_000, toMs: 1_240_000 });
  });

  test('with few entries are told apart by ten seconds, with more by seconds or tenths', () => {
    expect(Object.keys(sumOfLeaves({}, { '5.00': { [ALL]: 30 }, '5.99': { [ALL]: 2 } }))).toEqual([
      '5',
    ]);
    const dense = sumOfLeaves({}, entries(0, 10_000, 2));
    expect(Object.keys(dense).sort()).toEqual(
      Array.from({ length: 10 }, (_, second) => `0.${second}`),
    );
    const denser = sumOfLeaves({}, entries(0, 10_000, 20));
    expect(Object.keys(denser).length).toBe(100);
    expect(totalOfLeaves(denser)).toEqual({ [ALL]: 2000, paid: 2000 });
  });

  test('never overlap: what is known of a coarser one is no finer than that', () => {
    const coarse = { '0': { [ALL]: 10, paid: 10 } };
    expect(sumOfLeaves(coarse, entries(0, 10_000, 5))).toEqual({
      '0': { [ALL]: 510, paid: 510 },
    });
    const seconds = { '0.3': { [ALL]: 40, paid: 40 } };
    const sum = sumOfLeaves(seconds, entries(3000, 5000, 4));
    expect(sum['0.3']).toEqual({ [ALL]: 80, paid: 80 });
    expect(sum['0.40']).toEqual({ [ALL]: 4, paid: 4 });
  });

  test('that come to nothing are left out', () => {
    const moved = { '0.00': { paid: -1, returned: 1 } };
    const leaves = sumOfLeaves({ '0': { [ALL]: 1, paid: 1 } }, moved);
    expect(leaves).toEqual({ '0': { [ALL]: 1, returned: 1 } });
  });
});

describe('a day', () => {
  const BUSY = entries(0, 600_000, 3);
  const QUIET = { '70.00': { [ALL]: 1, paid: 1 } };

  test('keeps ten minutes with many counts in a sheet, and few as they are', () => {
    const { day, sheets } = revised(NO_COUNTS, new Map(), { ...BUSY, ...QUIET }, '+1');
    expect(day.leaves).toEqual({ '70': { [ALL]: 1, paid: 1 } });
    expect(day.sheets).toEqual({
      0: { edition: '+1', counts: { [ALL]: 18_000, paid: 18_000 } },
    });
    expect(totalOfLeaves(sheets.get('0') ?? {})).toEqual({ [ALL]: 18_000, paid: 18_000 });
    expect(totalOfDay(day)).toEqual({ [ALL]: 18_001, paid: 18_001 });
  });

  test('writes only the sheets that changes fall into', () => {
    const first = revised(
      NO_COUNTS,
      new Map(),
      { ...BUSY, ...entries(600_000, 1_200_000, 1) },
      '+1',
    );
    const change = { '0.00': { paid: -1, returned: 1 } };
    const known = new Map([['0', first.sheets.get('0') ?? {}]]);
    const second = revised(first.day, known, change, '+2');
    expect([...second.sheets.keys()]).toEqual(['0']);
    expect(second.day.sheets[0]).toEqual({
      edition: '+2',
      counts: { [ALL]: 18_000, paid: 17_999, returned: 1 },
    });
    expect(second.day.sheets[1]).toEqual(first.day.sheets[1]);
  });

  test('adds what is not stored yet to the counts of its sheets', () => {
    const { day } = revised(NO_COUNTS, new Map(), BUSY, '+1');
    const changed = withChanges(day, { ...entries(5000, 5100, 2), ...QUIET });
    expect(changed.sheets[0]?.counts).toEqual({ [ALL]: 18_002, paid: 18_002 });
    expect(changed.leaves).toEqual({ '70': { [ALL]: 1, paid: 1 } });
    expect([...bySheet(QUIET).keys()]).toEqual(['1']);
  });
});
