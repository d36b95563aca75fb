import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { LedgerError } from '#ledger/core/errors.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type {
  Change,
  ChangeOf,
  Changes,
  DueKind,
  DueWork,
  Entities,
  LedgerStore,
} from '#ledger/core/store.ts';
import type { Attributes } from './items.ts';
import type { Key } from './keys.ts';

/** The writes that make up each change. */
export type Writers = {
  [C in keyof Changes]: (table: string, tenant: Tenant, change: ChangeOf<C>) => TransactWriteItem[];
};

/** An item that is added where there is none yet, and that no change replaces. */
export interface Fact {
  item: Attributes;
  /** Whether it is there as a rule, so that looking first is cheaper than trying to write it. */
  isExpected: boolean;
}

/** The facts that a change adds. */
export type Facts = {
  [C in keyof Changes]: (tenant: Tenant, change: ChangeOf<C>) => Fact[];
};

/** The key of each entity by the identity that it is read by. */
export type Places = {
  [E in keyof Entities]: (
    tenant: Tenant,
    id: Entities[E] extends { key: infer K } ? K : never,
  ) => Key;
};

/** What an item of the `due` index is about, by its key. */
export type DueReaders = { [K in DueKind]: (key: Key) => DueWork[K] };

/**
 * The refusals of changes that need something to be free, by what stands in their way; null when it
 * is not that.
 */
export type Refusals = {
  [C in keyof Changes]?: (change: ChangeOf<C>, found: Attributes | undefined) => LedgerError | null;
};

/** How one aggregate of the ledger is kept: it has nothing to say where it has nothing. */
export interface Aggregate {
  writes?: Partial<Writers>;
  /**
   * Items written one by one after the transaction, so that requests sharing them never conflict.
   */
  facts?: Partial<Facts>;
  places?: Partial<Places>;
  due?: Partial<DueReaders>;
  refusals?: Refusals;
  /**
   * Changes that make what clients name, so that it may be made again after it was deleted. What a
   * request names itself is never made again.
   */
  remakes?: readonly (keyof Changes)[];
  /** The reads that only it has. */
  reads?(client: DynamoDBClient, table: string): Partial<LedgerStore>;
}

/** Aggregates that leave nothing out of what the ledger declares; otherwise, what they leave out. */
export type Complete<A> =
  | Exclude<keyof Changes, NamesIn<A, 'writes'> | NamesIn<A, 'facts'>>
  | Exclude<keyof Entities, NamesIn<A, 'places'>>
  | Exclude<DueKind, NamesIn<A, 'due'>>
  | Exclude<
      keyof LedgerStore,
      'read' | 'commit' | 'due' | 'firstDue' | ReadsIn<A>
    > extends infer Missing
  ? [Missing] extends [never]
    ? readonly Aggregate[]
    : { missing: Missing }
  : never;

type NamesIn<A, P extends keyof Aggregate> = A extends { [N in P]: infer Named }
  ? keyof Named
  : never;

type ReadsIn<A> = A extends { reads(...of: never[]): infer R } ? keyof R : never;

/** The aggregates of a store as one. */
export class Composition {
  readonly #writes: Partial<Writers>;
  readonly #facts: Partial<Facts>;
  readonly #places: Partial<Places>;
  readonly #due: Partial<DueReaders>;
  readonly #refusals: Refusals;
  readonly #remakes: ReadonlySet<keyof Changes>;

  constructor(aggregates: readonly Aggregate[]) {
    this.#writes = Object.assign({}, ...aggregates.map((one) => one.writes));
    this.#facts = Object.assign({}, ...aggregates.map((one) => one.facts));
    this.#places = Object.assign({}, ...aggregates.map((one) => one.places));
    this.#due = Object.assign({}, ...aggregates.map((one) => one.due));
    this.#refusals = Object.assign({}, ...aggregates.map((one) => one.refusals));
    this.#remakes = new Set(aggregates.flatMap((one) => one.remakes ?? []));
  }

  writesOf(table: string, tenant: Tenant, change: Change): TransactWriteItem[] {
    const write = this.#writes[change.change];
    if (write === undefined) return [];
    return (write as (...of: [string, Tenant, Change]) => TransactWriteItem[])(
      table,
      tenant,
      change,
    );
  }

  factsOf(tenant: Tenant, change: Change): Fact[] {
    const facts = this.#facts[change.change];
    if (facts === undefined) return [];
    return (facts as (...of: [Tenant, Change]) => Fact[])(tenant, change);
  }

  /**
   * The ledger's error for a change that was refused because something was taken; null when the
   * change has none.
   */
  refusalOf(change: Change, found: Attributes | undefined): LedgerError | null {
    const refuse = this.#refusals[change.change] as
      | ((one: Change, found: Attributes | undefined) => LedgerError | null)
      | undefined;
    return refuse?.(change, found) ?? null;
  }

  /** Whether a change may make what was deleted anew. */
  mayRemake({ change }: Change): boolean {
    return this.#remakes.has(change);
  }

  keyOf(tenant: Tenant, entity: keyof Entities, id: unknown): Key {
    const place = this.#places[entity] as ((tenant: Tenant, id: unknown) => Key) | undefined;
    if (place === undefined) throw new Error(`Nothing knows where '${entity}' is`);
    return place(tenant, id);
  }

  dueReader<K extends DueKind>(kind: K): (key: Key) => DueWork[K] {
    const read = this.#due[kind];
    if (read === undefined) throw new Error(`Nothing knows what is due as '${kind}'`);
    return read as (key: Key) => DueWork[K];
  }
}
