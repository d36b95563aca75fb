import { type Batch, type ChunkRef, LANES } from '#ledger/batches/batch.ts';
import { startDueBatch } from '#ledger/batches/batch-commands.ts';
import { runChunk } from '#ledger/batches/run-chunk.ts';
import type { Deadline } from '#ledger/core/deadline.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { inBackground } from '#operation/execution/background.ts';
import { chunkWorker } from '#operation/execution/chunk-worker.ts';
import { errorFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

/**
 * Starts a file of rows whose time has come and works on it to its end, as the schedule and the job
 * would. The result is the file, or null when others work on it or something of it is not known
 * yet: then the schedule looks after it.
 */
export async function playFile(
  runtime: Runtime,
  merchant: Merchant,
  uuid: Uuid,
  deadline: Deadline,
): Promise<Batch | null> {
  const chunks: ChunkRef[] = [];
  const own = { ...runtime, announce: intoChunks(chunks) };
  const vault = await runtime.access.vault();
  await inBackground(own, vault, merchant, deadline, (context) => startDueBatch(context, uuid));
  const worker = await chunkWorker(own, merchant, deadline);
  const lane = async () => {
    for (let ref = chunks.shift(); ref !== undefined; ref = chunks.shift()) {
      await runChunk(worker, ref).catch((error) => {
        const fields = { merchant: merchant.merchant, batch: uuid, ...errorFields(error) };
        runtime.log('error', 'batch_chunk_failed', fields);
      });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const { batch } = await runtime.store.read(merchant, { batch: uuid });
  return batch === null || batch.totals === null ? null : batch;
}

/** Takes the messages of whole chunks; a row that failed is left to the schedule. */
function intoChunks(chunks: ChunkRef[]): Runtime['announce'] {
  return async (announcements) => {
    for (const { queue, message } of announcements) {
      if (queue === 'batch-rows' && message.line === null) chunks.push(message);
    }
  };
}
