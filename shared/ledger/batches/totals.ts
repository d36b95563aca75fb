import {
  type Batch,
  type ChunkProgress,
  counted,
  emptyTally,
  type RowState,
  type Tally,
  type Totals,
} from './batch.ts';

/** Counts and sums of a file's rows by their result; rows that have not begun are waiting. */
export function totalsOf(batch: Batch, chunks: readonly ChunkProgress[]): Totals {
  const totals = emptyTotals();
  for (const { results } of chunks) {
    for (const result of results) {
      if (result === null) continue;
      const { state, amount, currency } = result;
      totals[state] = counted(totals[state], amount, currency);
    }
  }
  return withRest(batch, totals);
}

function emptyTotals(): Totals {
  return {
    waiting: emptyTally(),
    done: emptyTally(),
    refused: emptyTally(),
    failed: emptyTally(),
    rejected: emptyTally(),
    cancelled: emptyTally(),
  };
}

/** Counts rows without a result as waiting, or as cancelled in a cancelled file. */
function withRest(batch: Batch, totals: Totals): Totals {
  const known: RowState[] = ['done', 'refused', 'failed', 'cancelled'];
  const count = batch.accepted.count - known.reduce((sum, one) => sum + totals[one].count, 0);
  const rejected = { ...emptyTally(), count: batch.rejected };
  const rest: Tally = { count, amounts: {} };
  if (batch.state !== 'cancelled') return { ...totals, rejected, waiting: rest };
  const cancelled = { ...totals.cancelled, count: totals.cancelled.count + count };
  return { ...totals, rejected, cancelled };
}
