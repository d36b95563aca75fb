import { runChunk } from '#ledger/batches/run-chunk.ts';
import { job } from '#operation/declare/job.ts';
import { chunkWorker } from '#operation/execution/chunk-worker.ts';
import { chunkMessage } from '#queues/batch-rows.ts';

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
  timeoutSeconds: 60,
  grants: {
    ledger: ['read', 'query', 'put', 'update'],
    sends: ['notifications', 'batch-rows'],
    acquirer: true,
  },
  message: chunkMessage,
  async handle(ref, runtime, deadline) {
    const merchant = await runtime.access.findMerchant(ref);
    if (merchant === null) return;
    await runChunk(await chunkWorker(runtime, merchant, deadline), ref);
  },
});

export default runBatchRows;
export const { handler } = runBatchRows;
