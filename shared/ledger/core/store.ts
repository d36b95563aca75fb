import type { Deadline } from './deadline.ts';
import type { Tenant } from './merchant.ts';

/*
 * The port to what the ledger keeps, open for every aggregate: each says in a file of its own
 * folder (`orders/order-store.ts` …) what it adds to these interfaces, by declaration merging, so
 * that an aggregate more touches nothing here. See "Adding an aggregate" in docs/architecture.md.
 */

/** The changes that a unit of work can make: the fields of each, by its name. */
// biome-ignore lint/suspicious/noEmptyInterface: Each aggregate adds its changes.
export interface Changes {}

/** One change of a unit of work. All changes of a commit happen, or none. */
export type Change = { [C in keyof Changes]: { change: C } & Changes[C] }[keyof Changes];

export type ChangeOf<C extends keyof Changes> = { change: C } & Changes[C];

/** The entities that can be read by identity, with their keys. */
// biome-ignore lint/suspicious/noEmptyInterface: Each aggregate adds its entities.
export interface Entities {}

export type EntityKeys = {
  [E in keyof Entities]?: Entities[E] extends { key: infer K } ? K : never;
};

export type EntityValues<K extends EntityKeys> = {
  [E in keyof K & keyof Entities]: Entities[E] extends { value: infer V } ? V | null : never;
};

/** The kinds of work that schedules find by due time, and what identifies a piece of each. */
// biome-ignore lint/suspicious/noEmptyInterface: Each aggregate adds its kinds.
export interface DueWork {}

export type DueKind = keyof DueWork;

/** A piece of work that is due. */
export type DueItem<K extends DueKind = DueKind> = { tenant: Tenant } & DueWork[K];

/**
 * What the ledger reads. Reads by identity are consistent; lists may lag behind by moments, and
 * some write down what they have counted. Each aggregate adds the reads that only it has.
 */
export interface LedgerReads {
  /** Reads several entities in one round trip. */
  read<K extends EntityKeys>(tenant: Tenant, keys: K): Promise<EntityValues<K>>;
  /**
   * Work that is due: of all merchants on the real clock, or of one merchant with a clock of its
   * own.
   */
  due<K extends DueKind>(
    kind: K,
    scope: 'shared' | Tenant,
    untilMs: number,
  ): AsyncIterable<DueItem<K>>;
  /** When the next work of a merchant with a test clock is due, after a time and until another. */
  firstDue(
    kind: DueKind,
    tenant: Tenant,
    window: { afterMs: number; untilMs: number },
  ): Promise<string | null>;
}

/** The ledger's data. What an aggregate writes outside of commits it adds here. */
export interface LedgerStore extends LedgerReads {
  /**
   * Writes all changes in one transaction. When its answer is lost the store finds out whether it
   * was written: this returns only when the changes are written, and fails when they are not.
   * @param deadline until when to find that out
   * @throws OutcomeUnknown when that cannot be found out in time
   * @throws LostRace when an entity was written by somebody else in the meantime
   * @throws KeyTaken when the idempotency key is in use
   * @throws LedgerError when a change needs something that is taken, such as
   * `reference_already_paid`
   */
  commit(tenant: Tenant, changes: readonly Change[], deadline?: Deadline): Promise<void>;
}
