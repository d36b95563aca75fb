import { type Order, pendingTransactions } from '#ledger/orders/order.ts';
import type { NotificationRef } from '#ledger/outbox/notification.ts';
import type { IdempotencyRecord } from './idempotency-record.ts';
import { type ObjectId, objectIdFromUuid, type Uuid } from './ids.ts';
import type { Tenant } from './merchant.ts';
import type { Change, LedgerStore } from './store.ts';

/** The answer of an operation as it goes out, and is stored for repetitions. */
export interface StoredReply {
  status: number;
  body: string;
}

/** The idempotency key of a request, before anything is known of earlier uses. */
export interface IdempotencyKey {
  id: string;
  fingerprint: string;
  lockMs: number;
  expiresAt: number;
}

/** Names an order that waits for its payer in a queue. */
export interface PushConfirmationRef extends Tenant {
  order: Uuid;
}

/**
 * The changes of one request. They are committed in one transaction, or in two around a call to an
 * acquirer:
 *
 *   stage intent → checkpoint() ── commit 1: intent, key `started`
 *   ask the acquirer                (a crash here leaves a pending transaction for recovery)
 *   stage outcome → complete()  ── commit 2: outcome, outbox, lists, key `done` with the reply
 *
 * `attempt` is the identity of the work, over all tries of a request and its repetitions with the
 * same key: whoever tries again looks for what the attempt has written, and goes on from there.
 */
export class UnitOfWork {
  readonly tenant: Tenant;
  readonly attempt: Uuid;
  /** Whether the attempt may have written something before: by an earlier try or request. */
  readonly again: boolean;
  /** Notifications committed so far, to be queued. */
  readonly committedNotifications: NotificationRef[] = [];
  /** Payments that the payer has to accept elsewhere, committed so far, to be queued. */
  readonly committedPushConfirmations: PushConfirmationRef[] = [];
  /** False when the outcome is not known yet, so that the key stays open for a resumption. */
  final = true;
  readonly #store: LedgerStore;
  readonly #key: IdempotencyKey | null;
  #changes: Change[] = [];

  constructor(
    store: LedgerStore,
    tenant: Tenant,
    identity: { attempt: Uuid; again: boolean; key: IdempotencyKey | null },
  ) {
    this.#store = store;
    this.tenant = tenant;
    this.attempt = identity.attempt;
    this.again = identity.again;
    this.#key = identity.key;
  }

  stage(...changes: Change[]): void {
    this.#changes.push(...changes);
  }

  /** Gives up what was staged since the last commit. */
  discard(): void {
    this.#changes = [];
  }

  /** Commits the intent before an acquirer is called. */
  async checkpoint(nowMs: number): Promise<void> {
    await this.#commit(this.#record('started', nowMs, null));
  }

  /** Commits what is left, with the reply that repetitions of the key will get. */
  async complete(nowMs: number, reply: StoredReply): Promise<void> {
    await this.#commit(this.final ? this.#record('done', nowMs, reply) : []);
  }

  async #commit(record: Change[]): Promise<void> {
    const changes = [...this.#changes, ...record];
    if (changes.length === 0) return;
    await this.#store.commit(this.tenant, changes);
    this.#changes = [];
    for (const one of changes) {
      if (one.change === 'order' && isAwaited(one.order)) {
        this.committedPushConfirmations.push({ ...this.tenant, order: one.order.uuid });
      }
      if (one.change !== 'notification') continue;
      this.committedNotifications.push({
        ...this.tenant,
        order: one.orderUuid,
        id: one.notification.id,
        attempt: one.notification.attempts.length,
      });
    }
  }

  #record(state: IdempotencyRecord['state'], nowMs: number, reply: StoredReply | null): Change[] {
    if (this.#key === null) return [];
    const { id, fingerprint, lockMs, expiresAt } = this.#key;
    const record: IdempotencyRecord = {
      id,
      fingerprint,
      attempt: this.attempt,
      state,
      lockedUntilMs: nowMs + lockMs,
      expiresAt,
      reply,
    };
    return [{ change: 'idempotency_recorded', record }];
  }
}

function isAwaited(order: Order): boolean {
  return order.status === 'pending_payment' && pendingTransactions(order).length > 0;
}

/** The identity of an entity that a request creates, the same when the request is done again. */
export function idOfWork(work: UnitOfWork): ObjectId {
  const id = objectIdFromUuid(work.attempt);
  if (id === null) throw new Error('The work of a request has an identity that was minted here');
  return id;
}
