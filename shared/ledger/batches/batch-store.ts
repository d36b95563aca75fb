import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Batch, BatchRow, ChunkProgress, ChunkRef, ReceivedFile } from './batch.ts';

/**
 * When a schedule must look at a batch next: to start it, or because its work may have stopped;
 * null for never.
 */
export type BatchDue = { kind: 'start_batch' | 'watch_batch'; at: string } | null;

/** The files of a merchant that are being worked on. */
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
    /**
     * Written only while the stored version is one less than this one's, as all versioned entities
     * are.
     */
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
    /** One item holds all of a merchant's. */
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
     * Keeps the rows of a chunk before their batch is committed, because a commit could not hold so
     * many. Nothing reads them until then, and they expire if it never happens.
     */
    keepBatchRows(
      tenant: Tenant,
      chunk: ChunkKey & { rows: BatchRow[]; keptUntil: number },
    ): Promise<void>;
  }

  interface LedgerReads {
    /** The files of a merchant, newest first. */
    batches(tenant: Tenant): Promise<Batch[]>;
    /** The progress of every chunk that has begun, in order. */
    batchProgress(tenant: Tenant, batch: Uuid): Promise<ChunkProgress[]>;
  }
}

declare module '#ledger/core/unit-of-work.ts' {
  interface Announcements {
    'batch-rows': ChunkRef;
  }
}
