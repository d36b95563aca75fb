import {
  type DynamoDBClient,
  GetItemCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Card } from '#ledger/cards/card.ts';
import type { ObjectId, Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type {
  Change,
  DueItem,
  DueKind,
  Entities,
  EntityKeys,
  EntityValues,
  LedgerStore,
  TransactionEntry,
  TransactionQuery,
} from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import type {
  Listed,
  OrderFilter,
  Page,
  Payment,
  PaymentFilter,
} from '#ledger/orders/order-lists.ts';
import type { Message } from '#ledger/outbox/message.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import type { WhiteLabel } from '#ledger/providers/white-label.ts';
import type { Coupon } from '#ledger/purchases/coupon.ts';
import type { Subscription, SubscriptionFilter } from '#ledger/subscriptions/subscription.ts';
import { readPayments } from '#store/lists/payment-list.ts';
import { readSubscriptions } from '#store/lists/subscription-list.ts';
import { readTransactions } from '#store/lists/transaction-list.ts';
import { readCoupon, readCoupons } from '#store/locations/coupon-items.ts';
import { readOrders } from '#store/orders/order-list.ts';
import { OrderReader } from '#store/orders/order-reader.ts';
import { batchGet, nameOf } from './batch.ts';
import { writesOf } from './changes.ts';
import { commitWrites } from './commit.ts';
import { readDue } from './due-list.ts';
import { entityKey } from './entities.ts';
import { type Attributes, keyOf, valueIn } from './items.ts';
import {
  cardListKey,
  dueKeys,
  INDEX,
  type Key,
  messageKey,
  orderKey,
  referenceKey,
  rowKey,
  whiteLabelKey,
} from './keys.ts';
import { query } from './query.ts';

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
    const items = await batchGet(
      this.#client,
      this.#table,
      wanted.map((one) => one.key),
    );
    const values = wanted.map((one) => [one.entity, valueIn(items.get(nameOf(one.key)))]);
    return Object.fromEntries(values) as EntityValues<K>;
  }

  async commit(tenant: Tenant, changes: readonly Change[]): Promise<void> {
    const writes = changes
      .filter((change, index) => !isRepeatedCustomer(change, changes.slice(0, index)))
      .flatMap((change) =>
        writesOf(this.#table, tenant, change).map((write) => ({ change, write })),
      );
    await commitWrites(this.#client, writes);
  }

  async cardsOf(tenant: Tenant, customer: string): Promise<Card[]> {
    const items = await this.#query({
      IndexName: INDEX.lists,
      KeyConditionExpression: 'listKey = :list',
      ExpressionAttributeValues: { ':list': { S: cardListKey(tenant, customer) } },
    });
    return values<Card>(items);
  }

  transactions(tenant: Tenant, window: TransactionQuery): Promise<TransactionEntry[]> {
    return readTransactions(this.#client, this.#table, tenant, window);
  }

  orders(tenant: Tenant, page: Page, filter: OrderFilter): Promise<Listed<Order>> {
    return readOrders(new OrderReader(this.#client, this.#table, tenant), page, filter);
  }

  payments(tenant: Tenant, page: Page, filter: PaymentFilter): Promise<Listed<Payment>> {
    return readPayments(this.#client, this.#table, tenant, page, filter);
  }

  async messages(tenant: Tenant, order: Uuid): Promise<Message[]> {
    return values(await this.#partition(messageKey(tenant, order, '').pk));
  }

  async orderOfTransaction(tenant: Tenant, transaction: ObjectId): Promise<Uuid | null> {
    const item = await this.#get(rowKey(tenant, 'TRANSACTIONS', transaction));
    return valueIn<TransactionEntry>(item)?.order.uuid ?? null;
  }

  async history(
    tenant: Tenant,
    uuid: Uuid,
  ): Promise<{ order: Order | null; notifications: Notification[] }> {
    const key = orderKey(tenant, uuid);
    const items = await this.#partition(key.pk);
    const isOrder = (one: Attributes) => one.sk?.S === key.sk;
    return {
      order: valueIn<Order>(items.find(isOrder)),
      notifications: values<Notification>(items.filter((one) => !isOrder(one))),
    };
  }

  async orderOfReference(tenant: Tenant, reference: string): Promise<Uuid | null> {
    const item = await this.#get(referenceKey(tenant, reference));
    return item?.holder?.S ?? null;
  }

  coupon(tenant: Tenant, id: ObjectId): Promise<Coupon | null> {
    return readCoupon(this.#client, this.#table, tenant, id);
  }

  coupons(tenant: Tenant): Promise<Coupon[]> {
    return readCoupons(this.#client, this.#table, tenant);
  }

  subscriptions(
    tenant: Tenant,
    page: Page,
    filter: SubscriptionFilter,
  ): Promise<Listed<Subscription>> {
    return readSubscriptions(this.#client, this.#table, tenant, page, filter);
  }

  async whiteLabels(tenant: Tenant, location: string): Promise<WhiteLabel[]> {
    return values(await this.#partition(whiteLabelKey(tenant, location, '').pk));
  }

  due(kind: DueKind, scope: 'shared' | Tenant, untilMs: number): AsyncIterable<DueItem> {
    return readDue(this.#client, this.#table, dueKeys(kind, scope), untilMs);
  }

  async #get(key: Key): Promise<Attributes | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: keyOf(key), ConsistentRead: true }),
    );
    return Item;
  }

  /** All items of a partition, in the order of their sort keys. */
  #partition(pk: string): Promise<Attributes[]> {
    return this.#query({
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    });
  }

  #query(input: Omit<QueryCommandInput, 'TableName'>): Promise<Attributes[]> {
    return Array.fromAsync(query(this.#client, { ...input, TableName: this.#table }));
  }
}

function values<T>(items: Attributes[]): T[] {
  return items.map((one) => valueIn<T>(one)).filter((value) => value !== null);
}

function isRepeatedCustomer(change: Change, before: readonly Change[]): boolean {
  if (change.change !== 'customer') return false;
  const { externalId } = change.customer;
  return before.some((one) => one.change === 'customer' && one.customer.externalId === externalId);
}
