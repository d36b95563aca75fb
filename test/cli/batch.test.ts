import { expect, test } from 'vitest';
import type { BatchReport } from '#administration/batches.ts';
import { progressLine } from '#infra/cli/batch-command.ts';
import { emptyTally, type Totals } from '#ledger/batches/batch.ts';

function report(waiting: number): BatchReport {
  const tally = emptyTally();
  const totals: Totals = {
    waiting: { ...tally, count: waiting },
    done: { ...tally, count: 200 - waiting },
    refused: tally,
    failed: tally,
    rejected: tally,
    cancelled: tally,
  };
  const batch = { accepted: { count: 200, amounts: {} } } as BatchReport['batch'];
  return { batch, totals };
}

test('a file that is watched shows how far it is, how fast, and how long it will go on', () => {
  expect(progressLine(report(200), report(200), 0)).toBe(
    `[${'.'.repeat(30)}] 0/200 rows  0.0 rows/s  - left`,
  );
  expect(progressLine(report(100), report(200), 2000)).toBe(
    `[${'#'.repeat(15)}${'.'.repeat(15)}] 100/200 rows  50.0 rows/s  2 s left`,
  );
  expect(progressLine(report(150), report(200), 60_000)).toContain('0.8 rows/s  3 min 0 s left');
});
