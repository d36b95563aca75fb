import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Deadline } from '#ledger/core/deadline.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type {
  Change,
  DueItem,
  DueKind,
  Entities,
  EntityKeys,
  EntityValues,
} from '#ledger/core/store.ts';
import type { Composition } from './aggregate.ts';
import { batchGet, nameOf } from './batch.ts';
import { commitWrites } from './commit.ts';
import { dueKeys } from './due.ts';
import { readDue, readFirstDue } from './due-list.ts';
import { Facts } from './facts.ts';
import { valueIn } from './items.ts';

/** What is the same for every aggregate of the ledger in its DynamoDB table. */
export class DynamoLedgerStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #aggregates: Composition;
  readonly #facts: Facts;

  constructor(client: DynamoDBClient, table: string, aggregates: Composition) {
    this.#client = client;
    this.#table = table;
    this.#aggregates = aggregates;
    this.#facts = new Facts(client, table);
  }

  async read<K extends EntityKeys>(tenant: Tenant, keys: K): Promise<EntityValues<K>> {
    const wanted = Object.entries(keys).map(([entity, id]) => ({
      entity,
      key: this.#aggregates.keyOf(tenant, entity as keyof Entities, id),
    }));
    const items = await batchGet(
      this.#client,
      this.#table,
      wanted.map((one) => one.key),
    );
    const values = wanted.map((one) => [one.entity, valueIn(items.get(nameOf(one.key)))]);
    return Object.fromEntries(values) as EntityValues<K>;
  }

  async commit(tenant: Tenant, changes: readonly Change[], deadline?: Deadline): Promise<void> {
    const writes = changes.flatMap((change) =>
      this.#aggregates.writesOf(this.#table, tenant, change).map((write) => ({ change, write })),
    );
    const written =
      writes.length === 0
        ? Promise.resolve()
        : commitWrites(this.#client, writes, this.#aggregates, deadline);
    const facts = changes.flatMap((change) => this.#aggregates.factsOf(tenant, change));
    await this.#facts.keepAfter(written, facts, deadline);
  }

  due<K extends DueKind>(
    kind: K,
    scope: 'shared' | Tenant,
    untilMs: number,
  ): AsyncIterable<DueItem<K>> {
    const window = { dueKeys: dueKeys(kind, scope), untilMs };
    return readDue(this.#client, this.#table, window, this.#aggregates.dueReader(kind));
  }

  firstDue(
    kind: DueKind,
    tenant: Tenant,
    window: { afterMs: number; untilMs: number },
  ): Promise<string | null> {
    const [own = ''] = dueKeys(kind, tenant);
    return readFirstDue(this.#client, this.#table, own, window);
  }
}
