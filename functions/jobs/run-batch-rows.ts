import { type ChunkWorker, runChunk } from '#ledger/batches/run-chunk.ts';
import { job } from '#operation/declare/job.ts';
import { asAttempt } from '#operation/execution/background.ts';
import { errorFields } from '#operation/runtime/log.ts';
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
    const vault = await runtime.access.vault();
    const endsMs = performance.now() + TIMEOUT_SECONDS * 1000 - RESERVE_MS;
    const worker: ChunkWorker = {
      store: runtime.store,
      merchant,
      realNowMs: runtime.realNowMs,
      hasTime: () => performance.now() < endsMs,
      attempt: (attempt, handle) => asAttempt(runtime, vault, merchant, attempt, handle),
      queue: (messages) =>
        runtime.announce(messages.map((message) => ({ queue: 'batch-rows', message }))),
      rowFailed({ batch, line }, error) {
        const fields = { merchant: merchant.merchant, batch, line, ...errorFields(error) };
        runtime.log('error', 'batch_row_failed', fields);
      },
    };
    await runChunk(worker, ref);
  },
});

export default runBatchRows;
export const { handler } = runBatchRows;
