import { expect, test } from 'vitest';
import { type Batch, type ChunkProgress, nextInLane } from '#ledger/batches/batch.ts';
import { stalledChunks } from '#ledger/batches/batch-commands.ts';

const SINCE_MS = Date.UTC(2026, 10, 20, 10);

const file = (state: Batch['state']) => ({ state, chunks: 12 }) as Batch;

/** A chunk that was touched so long before or after, and whether all its rows have a result. */
function chunk(number: number, afterMs: number, isDone: boolean): ChunkProgress {
  const done = { state: 'done', amount: 1, currency: 'EUR', error: null } as const;
  const touchedAt = new Date(SINCE_MS + afterMs).toISOString();
  return { number, touchedAt, results: [done, isDone ? done : null] } as ChunkProgress;
}

const stalled = (state: Batch['state'], ...chunks: ChunkProgress[]) =>
  stalledChunks(file(state), chunks, SINCE_MS);

test('a chunk is taken up again that nobody has touched for long and that is not done', () => {
  const chunks = [chunk(0, -1, false), chunk(1, -1, true), chunk(2, 0, false), chunk(3, 5, true)];
  expect(stalled('running', ...chunks)).toEqual([0]);
});

test('the next chunks are begun where nothing moves, as many as there are lanes', () => {
  expect(stalled('running')).toEqual([0, 1, 2, 3]);
  expect(stalled('running', chunk(0, -1, true), chunk(2, -1, false))).toEqual([2, 1, 3, 4, 5]);
});

test('no chunk of a cancelled file is begun', () => {
  expect(stalled('cancelled', chunk(0, -1, false))).toEqual([0]);
});

test('a lane has every fourth chunk of its file, and ends with it', () => {
  const next = [0, 3, 7, 8, 11].map((number) => nextInLane(file('running'), number));
  expect(next).toEqual([4, 7, 11, null, null]);
});
