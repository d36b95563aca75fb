import type { ChunkWorker } from '#ledger/batches/run-chunk.ts';
import type { Deadline } from '#ledger/core/deadline.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { errorFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { asAttempt } from './background.ts';

/**
 * No row begins with less time left than this, so that rows are finished before the function is
 * stopped.
 */
const RESERVE_MS = 20_000;

/** What works on chunks of a merchant's files until a deadline. */
export async function chunkWorker(
  runtime: Runtime,
  merchant: Merchant,
  deadline: Deadline,
): Promise<ChunkWorker> {
  const background = { vault: await runtime.access.vault(), merchant, deadline };
  return {
    store: runtime.store,
    merchant,
    deadline,
    realNowMs: runtime.realNowMs,
    hasTime: () => deadline.remainingMs() > RESERVE_MS,
    attempt: (attempt, handle) => asAttempt(runtime, background, attempt, handle),
    queue: (messages) =>
      runtime.announce(messages.map((message) => ({ queue: 'batch-rows', message }))),
    rowFailed({ batch, line }, error) {
      const fields = { merchant: merchant.merchant, batch, line, ...errorFields(error) };
      runtime.log('error', 'batch_row_failed', fields);
    },
  };
}
