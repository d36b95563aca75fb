import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  GetItemCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Card } from '../ledger/card.ts';
import { LedgerError, LostRace } from '../ledger/errors.ts';
import type { Uuid } from '../ledger/ids.ts';
import type { Tenant } from '../ledger/merchant.ts';
import type { Notification } from '../ledger/notification.ts';
import type { Order } from '../ledger/order.ts';
import {
  type Change,
  type DueItem,
  type DueKind,
  type Entities,
  type EntityKeys,
  type EntityValues,
  KeyTaken,
  type LedgerStore,
  type ReplayRecord,
  type TransactionEntry,
  type Window,
} from '../ledger/store.ts';
import { writesOf } from './changes.ts';
import { type Attributes, keyOf, valueIn } from './items.ts';
import {
  cardKey,
  cardListKey,
  customerKey,
  customerTokenKey,
  dueItemOf,
  dueKeys,
  INDEX,
  type Key,
  lastCardKey,
  notificationKey,
  orderKey,
  referenceKey,
  replayKey,
} from './keys.ts';
import { query } from './query.ts';
import { readTransactions } from './transaction-list.ts';

/** The ledger in one DynamoDB table. */
export class DynamoLedgerStore implements LedgerStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read<K extends EntityKeys>(tenant: Tenant, keys: K): Promise<EntityValues<K>> {
    const wanted = Object.entries(keys).map(([entity, id]) => ({
      entity,
      key: entityKey(tenant, entity as keyof Entities, id),
    }));
    const items = await this.#batchGet(wanted.map((one) => one.key));
    const values = wanted.map((one) => [one.entity, valueIn(items.get(nameOf(one.key)))]);
    return Object.fromEntries(values) as EntityValues<K>;
  }

  async commit(tenant: Tenant, changes: readonly Change[]): Promise<void> {
    const writes = changes
      .filter((change, index) => !isRepeatedCustomer(change, changes.slice(0, index)))
      .flatMap((change) =>
        writesOf(this.#table, tenant, change).map((write) => ({ change, write })),
      );
    const command = new TransactWriteItemsCommand({
      TransactItems: writes.map((one) => one.write),
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      throw refusalOf(
        error,
        writes.map((one) => one.change),
      );
    }
  }

  async cardsOf(tenant: Tenant, customer: string): Promise<Card[]> {
    const items = await this.#query({
      IndexName: INDEX.lists,
      KeyConditionExpression: 'listKey = :list',
      ExpressionAttributeValues: { ':list': { S: cardListKey(tenant, customer) } },
    });
    return values<Card>(items);
  }

  transactions(tenant: Tenant, window: Window): Promise<TransactionEntry[]> {
    return readTransactions(this.#client, this.#table, tenant, window);
  }

  async history(
    tenant: Tenant,
    uuid: Uuid,
  ): Promise<{ order: Order | null; notifications: Notification[] }> {
    const key = orderKey(tenant, uuid);
    const items = await this.#query({
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: key.pk } },
    });
    const isOrder = (one: Attributes) => one.sk?.S === key.sk;
    return {
      order: valueIn<Order>(items.find(isOrder)),
      notifications: values<Notification>(items.filter((one) => !isOrder(one))),
    };
  }

  async orderOfReference(tenant: Tenant, reference: string): Promise<Uuid | null> {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#table,
        Key: keyOf(referenceKey(tenant, reference)),
        ConsistentRead: true,
      }),
    );
    return Item?.holder?.S ?? null;
  }

  async *due(kind: DueKind, scope: 'shared' | Tenant, untilMs: number): AsyncIterable<DueItem> {
    for (const dueKey of dueKeys(kind, scope)) {
      const items = query(this.#client, {
        TableName: this.#table,
        IndexName: INDEX.due,
        KeyConditionExpression: 'dueKey = :key AND dueAt <= :until',
        ExpressionAttributeValues: {
          ':key': { S: dueKey },
          ':until': { S: new Date(untilMs).toISOString() },
        },
      });
      for await (const found of items) {
        yield dueItemOf({ pk: found.pk?.S ?? '', sk: found.sk?.S ?? '' });
      }
    }
  }

  async #batchGet(keys: readonly Key[]): Promise<Map<string, Attributes>> {
    const found = new Map<string, Attributes>();
    let left: Attributes[] | undefined = keys.map(keyOf);
    while (left !== undefined && left.length > 0) {
      const page: BatchGetItemCommandOutput = await this.#client.send(
        new BatchGetItemCommand({
          RequestItems: { [this.#table]: { Keys: left, ConsistentRead: true } },
        }),
      );
      for (const one of page.Responses?.[this.#table] ?? []) {
        found.set(nameOf({ pk: one.pk?.S ?? '', sk: one.sk?.S ?? '' }), one);
      }
      left = page.UnprocessedKeys?.[this.#table]?.Keys;
    }
    return found;
  }

  #query(input: Omit<QueryCommandInput, 'TableName'>): Promise<Attributes[]> {
    return Array.fromAsync(query(this.#client, { ...input, TableName: this.#table }));
  }
}

function entityKey(tenant: Tenant, entity: keyof Entities, id: unknown): Key {
  switch (entity) {
    case 'order':
      return orderKey(tenant, id as Entities['order']['key']);
    case 'card':
      return cardKey(tenant, id as Entities['card']['key']);
    case 'customer':
      return customerKey(tenant, id as Entities['customer']['key']);
    case 'customerToken':
      return customerTokenKey(tenant, id as Entities['customerToken']['key']);
    case 'lastCard':
      return lastCardKey(tenant, id as Entities['lastCard']['key']);
    case 'replay':
      return replayKey(tenant, id as Entities['replay']['key']);
    case 'notification': {
      const key = id as Entities['notification']['key'];
      return notificationKey(tenant, key.order, key.id);
    }
  }
}

function nameOf(key: Key): string {
  return `${key.pk}\n${key.sk}`;
}

function values<T>(items: Attributes[]): T[] {
  return items.map((one) => valueIn<T>(one)).filter((value) => value !== null);
}

function isRepeatedCustomer(change: Change, before: readonly Change[]): boolean {
  if (change.change !== 'customer') return false;
  const { externalId } = change.customer;
  return before.some((one) => one.change === 'customer' && one.customer.externalId === externalId);
}

/** What a refused transaction means to the ledger. */
function refusalOf(error: unknown, changes: readonly Change[]): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'TransactionInProgressException') return new LostRace();
  if (!(error instanceof TransactionCanceledException)) return error;
  const reasons = error.CancellationReasons ?? [];
  const failed = changes.flatMap((change, index) => {
    const reason = reasons[index];
    return reason?.Code === undefined || reason.Code === 'None' ? [] : [{ change, reason }];
  });
  for (const { change, reason } of failed) {
    if (change.change !== 'replay_stored' || reason.Code !== 'ConditionalCheckFailed') continue;
    const record = valueIn<ReplayRecord>(reason.Item);
    return record === null ? new LostRace() : new KeyTaken(record);
  }
  for (const { change, reason } of failed) {
    if (reason.Code !== 'ConditionalCheckFailed') continue;
    if (change.change === 'reference_claimed' || change.change === 'reference_checked') {
      return new LedgerError('reference_already_paid', change.reference);
    }
  }
  return failed.every(({ reason }) => isRace(reason.Code)) ? new LostRace() : error;
}

function isRace(code: string | undefined): boolean {
  return (
    code === 'ConditionalCheckFailed' ||
    code === 'TransactionConflict' ||
    code === 'ThrottlingError' ||
    code === 'ProvisionedThroughputExceeded'
  );
}
