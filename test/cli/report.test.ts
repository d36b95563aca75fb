import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_WIDTH, table } from '#infra/cli/report.ts';

const UUID = '6B01B1E3-CDC9-8458-A2CF-6C2EDA64CD33';

test('a table fits a terminal, and cuts what people chose but no identity', () => {
  const texts = fc.string({ maxLength: 300, unit: 'grapheme-ascii' });
  const rows = fc.array(fc.tuple(texts, texts), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, (all) => {
      const cells = all.map(([name, label]) => [UUID, name, label, '2026-11-21T15:43:07.123Z']);
      const lines = table(['MERCHANT', 'NAME', 'LABEL', 'CREATED'], cells).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(MAX_WIDTH);
      for (const line of lines.slice(1)) {
        expect(line.startsWith(UUID)).toBe(true);
        expect(line).toMatch(/2026-11-21T15:43:07Z$/);
      }
    }),
  );
});

test('what fits is not cut', () => {
  const row = [UUID, 'x'.repeat(80)];
  expect(table(['ORDER', 'NAME'], [row])).toContain(row.join('  '));
  expect(table(['ORDER', 'NAME'], [[UUID, 'x'.repeat(83)]])).toMatch(/x{81}…$/);
});
