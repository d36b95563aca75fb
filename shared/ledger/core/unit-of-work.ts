import { type Order, pendingTransactions } from '#ledger/orders/order.ts';
import { type NotificationRef, refOf } from '#ledger/outbox/notification.ts';
import type { Deadline } from './deadline.ts';
import { OutcomeUnknown } from './errors.ts';
import type { IdempotencyRecord, StoredReply } from './idempotency-record.ts';
import { type ObjectId, type OrderUuid, objectIdFromUuid, type Uuid } from './ids.ts';
import type { Tenant } from './merchant.ts';
import type { Change, LedgerStore } from './store.ts';

/** The idempotency key of a request, before anything is known of earlier uses. */
export interface IdempotencyKey {
  id: string;
  fingerprint: string;
  lockMs: number;
  expiresAt: number;
}

/**
 * Messages for queues by the name of the queue; each aggregate adds its own, as in core/store.ts.
 */
// biome-ignore lint/suspicious/noEmptyInterface: Each aggregate adds its queues.
export interface Announcements {}

/** A message for a queue. */
export type Announcement = {
  [Q in keyof Announcements]: { queue: Q; message: Announcements[Q] };
}[keyof Announcements];

/** Names an order that waits for its payer in a queue. */
export interface PushConfirmationRef extends Tenant {
  order: OrderUuid;
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
  /** What was announced with what is committed so far, to be queued. */
  readonly committedAnnouncements: Announcement[] = [];
  /** False when the outcome is not known yet, so that the key stays open for a resumption. */
  final = true;
  readonly #store: LedgerStore;
  readonly #key: IdempotencyKey | null;
  readonly #deadline: Deadline;
  #isClosed = false;
  #changes: Change[] = [];
  #announcements: Announcement[] = [];

  constructor(
    store: LedgerStore,
    tenant: Tenant,
    identity: { attempt: Uuid; again: boolean; key: IdempotencyKey | null },
    deadline: Deadline,
  ) {
    this.#store = store;
    this.tenant = tenant;
    this.attempt = identity.attempt;
    this.again = identity.again;
    this.#key = identity.key;
    this.#deadline = deadline;
  }

  /** The operation and key of the request, if it has one. */
  get keyId(): string | null {
    return this.#key?.id ?? null;
  }

  stage(...changes: Change[]): void {
    this.#changes.push(...changes);
  }

  /**
   * Queues a message after the commit of what is staged with it; it may be lost, or arrive twice.
   */
  announce(announcement: Announcement): void {
    this.#announcements.push(announcement);
  }

  /** Whether nothing can be committed any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Forbids further commits: what is not written by now is never done. */
  close(): void {
    this.#isClosed = true;
  }

  /** Drops the staged changes of a kind that are not committed yet. */
  withdraw(kind: Change['change']): void {
    this.#changes = this.#changes.filter((one) => one.change !== kind);
  }

  /** Drops everything that was staged and announced since the last commit. */
  discard(): void {
    this.#changes = [];
    this.#announcements = [];
  }

  /** Commits the intent before an acquirer is called. */
  async checkpoint(nowMs: number): Promise<void> {
    await this.#commit(this.#record('started', nowMs, null));
  }

  /** Commits the remaining changes, with the reply that repetitions of the key will get. */
  async complete(nowMs: number, reply: StoredReply): Promise<void> {
    const isLast = this.final && !this.#isClosed;
    await this.#commit(isLast ? this.#record('done', nowMs, reply) : []);
  }

  async #commit(record: Change[]): Promise<void> {
    const changes = [...this.#changes, ...record];
    if (changes.length > 0) {
      if (this.#isClosed) throw new OutcomeUnknown('There is no time to write it');
      await this.#store.commit(this.tenant, changes, this.#deadline);
    }
    this.#changes = [];
    this.committedAnnouncements.push(...this.#announcements.splice(0));
    for (const one of changes) {
      if (one.change === 'order' && isAwaited(one.order)) {
        this.committedPushConfirmations.push({ ...this.tenant, order: one.order.uuid });
      }
      if (one.change !== 'notification') continue;
      this.committedNotifications.push(refOf(this.tenant, one.orderUuid, one.notification));
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
    return [{ change: 'idempotency_recorded', record, nowMs }];
  }
}

function isAwaited(order: Order): boolean {
  return order.status === 'pending_payment' && pendingTransactions(order).length > 0;
}

/** The id of an entity that a request creates, the same in every try of the request. */
export function idOfWork(work: UnitOfWork): ObjectId {
  const id = objectIdFromUuid(work.attempt);
  if (id === null) throw new Error('The work of a request has an identity that was minted here');
  return id;
}
