import { expect, test } from 'vitest';
import type { Batch, ChunkProgress, RowResult } from '#ledger/batches/batch.ts';
import { totalsOf } from '#ledger/batches/totals.ts';

const file = (state: Batch['state']): Batch => ({
  uuid: 'FILE',
  version: 1,
  kind: 'authorizations',
  filename: 'rows.csv',
  startedAt: '2026-11-20T10:00:00.000Z',
  finishedAt: null,
  receivedAt: '2026-11-20T10:00:00.000Z',
  executeAt: '2026-11-20T10:00:00.000Z',
  state,
  chunks: 2,
  accepted: { count: 5, amounts: { EUR: 1500 } },
  rejected: 1,
  totals: null,
  keptUntil: 0,
});

const result = (state: RowResult['state'], amount: number, currency: string | null): RowResult => ({
  state,
  amount,
  currency,
  error: null,
});

const chunk: ChunkProgress = {
  batch: 'FILE',
  number: 0,
  version: 1,
  base: 'BASE',
  touchedAt: '2026-11-20T10:00:00.000Z',
  results: [result('done', 100, 'EUR'), result('done', 50, 'EUR'), result('failed', 7, null), null],
  keptUntil: 0,
};

test.each(['running', 'waiting'] as const)('rows without a result of a %s file wait', (state) => {
  expect(totalsOf(file(state), [chunk])).toEqual({
    done: { count: 2, amounts: { EUR: 150 } },
    failed: { count: 1, amounts: { '?': 7 } },
    refused: { count: 0, amounts: {} },
    rejected: { count: 1, amounts: {} },
    cancelled: { count: 0, amounts: {} },
    waiting: { count: 2, amounts: {} },
  });
});

test('those of a cancelled file are cancelled, beside rows that were cancelled themselves', () => {
  const results = [...chunk.results.slice(0, 3), result('cancelled', 0, null)];
  expect(totalsOf(file('cancelled'), [{ ...chunk, results }])).toMatchObject({
    done: { count: 2 },
    failed: { count: 1 },
    cancelled: { count: 2 },
    waiting: { count: 0 },
  });
});
