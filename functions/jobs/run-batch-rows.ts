import { runChunk } from '#ledger/batches/run-chunk.ts';
import { job } from '#operation/declare/job.ts';
import { chunkWorker } from '#operation/execution/chunk-worker.ts';
import { chunkMessage } from '#queues/batch-rows.ts';

/** What has begun by then is finished before the function is stopped. */
const RESERVE_MS = 20_000;

const TIMEOUT_SECONDS = 60;

/**
 * Works on a chunk of a file (contract C.10) and queues the next one of its lane, so that a large
 * file never has more than some messages before those of other merchants.
 */
const runBatchRows = job({
  name: 'runBatchRows',
  summary: 'Charge or refund rows of a file',
  queue: 'batch-rows',
  batchSize: 1,
  maxConcurrency: 40,
  timeoutSeconds: TIMEOUT_SECONDS,
  grants: { ledger: 'write', sends: ['notifications', 'batch-rows'] },
  message: chunkMessage,
  async handle(ref, runtime) {
    const merchant = await runtime.access.findMerchant(ref);
    if (merchant === null) return;
    const forMs = TIMEOUT_SECONDS * 1000 - RESERVE_MS;
    await runChunk(await chunkWorker(runtime, merchant, forMs), ref);
  },
});

export default runBatchRows;
export const { handler } = runBatchRows;
