import { describe, expect, test } from 'vitest';
import { countedPart, countedTo } from '#store/lists/passes.ts';

const COUNTED = {
  until: '10',
  passes: [
    { to: '20', asOf: '50' },
    { to: '30', asOf: '60' },
  ],
};

function entry(...moves: [at: string, part: string][]) {
  return { id: '', moves: moves.map(([at, part]) => ({ at, part })) };
}

const partOf = (...moves: [string, string][]) => countedPart(COUNTED, entry(...moves));

describe('a book with passes', () => {
  test('has counted an entry that moved before its time, or within a pass', () => {
    expect(countedTo(COUNTED)).toBe('30');
    expect(countedTo({ until: '10' })).toBe('10');
    expect(partOf(['10', 'open'])).toBe('open');
    expect(partOf(['11', 'open'])).toBe('open');
    expect(partOf(['05', 'open'], ['20', 'paid'])).toBe('paid');
    expect(partOf(['30', 'open'])).toBe('open');
  });

  test('has not counted what its passes have not come to', () => {
    expect(partOf(['31', 'open'])).toBeNull();
    expect(countedPart({ until: '10' }, entry(['11', 'open']))).toBeNull();
  });

  test('has not counted in a pass what had moved on by then', () => {
    expect(partOf(['15', 'open'], ['45', 'paid'])).toBeNull();
    expect(partOf(['05', 'open'], ['45', 'paid'])).toBe('open');
    expect(partOf(['15', 'open'], ['50', 'paid'])).toBeNull();
  });

  test('has counted in a pass what has moved on since', () => {
    expect(partOf(['15', 'open'], ['51', 'paid'])).toBe('open');
    expect(partOf(['25', 'open'], ['51', 'paid'])).toBeNull();
    expect(partOf(['25', 'open'], ['61', 'paid'])).toBe('open');
  });

  test('knows what moved as functions noted whose clocks differ', () => {
    expect(partOf(['26', 'open'], ['25', 'paid'])).toBe('paid');
    expect(partOf(['15', 'open'], ['55', 'paid'], ['45', 'returned'])).toBeNull();
  });
});
