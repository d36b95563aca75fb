import { startDueBatch, watchBatch } from '#ledger/batches/batch-commands.ts';
import { schedule } from '#operation/declare/schedule.ts';
import { sweep } from '#operation/execution/sweep.ts';

/**
 * Starts files whose time has come by their merchant's clock, and looks after those that are being
 * worked on: a message that was lost is sent again.
 */
const runBatches = schedule({
  name: 'runBatches',
  summary: 'Start files of rows that are due, and look after those under way',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: { ledger: ['read', 'query', 'put', 'query due'], access: 'list', sends: ['batch-rows'] },
  handle: async (runtime, remainingMs, run) => {
    const watchedMs = 2 * runtime.settings.RECOVER_AFTER_SECONDS * 1000;
    await sweep(runtime, remainingMs, {
      kind: 'start_batch',
      graceMs: 0,
      handle: (context, item) => startDueBatch(context, item.batch),
    });
    await sweep(runtime, remainingMs, {
      kind: 'watch_batch',
      graceMs: run.isRestart ? -watchedMs : 0,
      handle: (context, item) => watchBatch(context, item.batch, run),
    });
  },
});

export default runBatches;
export const { handler } = runBatches;
