import type { Uuid } from './ids.ts';

/** The answer of an operation as it is stored for repetitions. */
export interface StoredReply {
  status: number;
  body: string;
  /** Whether the body is encrypted, because there is a secret in it. */
  isSealed?: true;
}

/**
 * What is kept of a request with an idempotency key: `started` once the acquirer may have been
 * called, `done` with the answer that repetitions get.
 */
export interface IdempotencyRecord {
  /** Operation and key. */
  id: string;
  /** Keyed digest of the request: another payload with the same key is refused. */
  fingerprint: string;
  /** The identity of the work, which a repetition resumes. */
  attempt: Uuid;
  state: 'started' | 'done';
  /** Until when another request must not take over, milliseconds since 1970. */
  lockedUntilMs: number;
  /** Seconds since 1970; later the key is free again. */
  expiresAt: number;
  reply: StoredReply | null;
}

/** The stored record that stood in the way of a `idempotency_recorded` change. */
export class KeyTaken extends Error {
  override name = 'KeyTaken';
  readonly record: IdempotencyRecord;

  constructor(record: IdempotencyRecord) {
    super('The idempotency key is taken');
    this.record = record;
  }
}

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** The time by which a stored record may have expired. */
    idempotency_recorded: { record: IdempotencyRecord; nowMs: number };
  }
  interface Entities {
    replay: { key: string; value: IdempotencyRecord };
  }
}
