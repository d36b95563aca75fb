import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Batch, BatchRow, ChunkProgress, ChunkRef, ReceivedFile } from './batch.ts';

/** When a schedule must look at a batch, if ever: to start it, or because it may have stopped. */
export type BatchDue = { kind: 'start_batch' | 'watch_batch'; at: string } | null;

/** The files of a merchant that are worked on at the moment. */
export interface RunningBatches {
  version: number;
  batches: Uuid[];
}

/** A chunk by its batch and its number in it. */
export interface ChunkKey {
  batch: Uuid;
  number: number;
}

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Written if its version is still one less than this one's; so are the others. */
    batch: { batch: Batch; due: BatchDue; testClock: boolean };
    batch_progress: { progress: ChunkProgress };
    running_batches: { running: RunningBatches };
    /** A lost race when the same file was received before, unless it is sent again on purpose. */
    file_received: { file: ReceivedFile; isDeliberate: boolean };
  }

  interface Entities {
    batch: { key: Uuid; value: Batch };
    batchRows: { key: ChunkKey; value: BatchRow[] };
    batchProgress: { key: ChunkKey; value: ChunkProgress };
    /** All of them are one item. */
    runningBatches: { key: 'all'; value: RunningBatches };
    /** By its digest. */
    receivedFile: { key: string; value: ReceivedFile };
  }

  interface DueWork {
    start_batch: { batch: Uuid };
    watch_batch: { batch: Uuid };
  }

  interface LedgerStore {
    /**
     * Keeps the rows of a chunk. They are not part of a commit, which could not hold so many:
     * nothing looks at them until their batch is committed, and they expire without it.
     */
    keepBatchRows(
      tenant: Tenant,
      chunk: ChunkKey & { rows: BatchRow[]; keptUntil: number },
    ): Promise<void>;
    /** The files of a merchant, newest first. */
    batches(tenant: Tenant): Promise<Batch[]>;
    /** How far each chunk is that has begun, in their order. */
    batchProgress(tenant: Tenant, batch: Uuid): Promise<ChunkProgress[]>;
  }
}

declare module '#ledger/core/unit-of-work.ts' {
  interface Announcements {
    'batch-rows': ChunkRef;
  }
}
