import type { ChunkWorker } from '#ledger/batches/run-chunk.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { errorFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { asAttempt } from './background.ts';

/** What works on chunks of a merchant's files, beginning rows for so long. */
export async function chunkWorker(
  runtime: Runtime,
  merchant: Merchant,
  forMs: number,
): Promise<ChunkWorker> {
  const vault = await runtime.access.vault();
  const endsMs = performance.now() + forMs;
  return {
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
}
