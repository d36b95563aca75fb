import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId, OrderUuid, Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import {
  isSale,
  type Listed,
  type OrderFilter,
  type Page,
  type Payment,
  type PaymentFilter,
} from '#ledger/orders/order-lists.ts';
import { stateOf, withStanding } from '#ledger/orders/order-state.ts';
import type { TransactionEntry, TransactionQuery } from '#ledger/orders/order-store.ts';
import type { Standing } from '#ledger/orders/standing.ts';
import { DIRECT_CHANNEL } from '#ledger/purchases/purchase.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { dueAttributes } from '#store/core/due.ts';
import { type Attributes, item, valueIn } from '#store/core/items.ts';
import { type Key, partsOf } from '#store/core/keys.ts';
import { readValue } from '#store/core/query.ts';
import { refuse } from '#store/core/refused.ts';
import { putVersion } from '#store/core/writes.ts';
import { journalAttributes } from '#store/lists/journal.ts';
import { orderListKey, rowKey } from '#store/lists/list-keys.ts';
import { channelName } from './channel-names.ts';
import { orderKey, partOf, stateKey } from './order-keys.ts';
import { readOrders } from './order-list.ts';
import { OrderReader } from './order-reader.ts';
import { facetRows, listIdOf, rewrittenRows, transactionRow, wordRows } from './order-rows.ts';
import { readPayments } from './payment-list.ts';
import { readPending } from './pending-orders.ts';
import { readHolder, referenceWrite } from './reference-items.ts';
import { readTransactions } from './transaction-list.ts';

/** A new order gets the rows by which it is found. */
function orderWrites(
  table: string,
  tenant: Tenant,
  change: ChangeOf<'order'>,
): TransactWriteItem[] {
  const { order } = change;
  const write = putVersion(table, orderItem(tenant, change), order.version);
  return order.version === 1 ? [write, ...facetRows(table, tenant, order)] : [write];
}

/** An order is in the lists by sparse indexes: nothing else is written that others write too. */
export function orderItem(tenant: Tenant, change: ChangeOf<'order'>): Attributes {
  const { due, testClock } = change;
  const order = withStanding(change.order, Date.now());
  return item(orderKey(tenant, order.uuid), order, {
    version: { N: String(order.version) },
    ...(isSale(order) ? listAttributes(tenant, order) : {}),
    ...dueAttributes(tenant, due.kind === 'none' ? null : { ...due, uuid: order.uuid, testClock }),
  });
}

function listAttributes(tenant: Tenant, order: Order): Attributes {
  const id = listIdOf(order.uuid);
  const channelIn = (one: Standing | undefined) =>
    one?.listedWithAll === true ? '' : channelName(order.purchase?.channel ?? DIRECT_CHANNEL);
  const moves = order.standings.map((one) => ({
    at: one.since,
    part: partOf(one, channelIn(one)),
  }));
  return {
    listKey: { S: orderListKey(tenant, channelIn(order.standings.at(-1))) },
    listSort: { S: id },
    stateKey: { S: stateKey(tenant, stateOf(order)) },
    stateSort: { S: id },
    ...journalAttributes(tenant, 'ORDERS', moves),
  };
}

const named = (key: Key): { order: OrderUuid } => ({ order: partsOf(key).parts[1] ?? '' });

const isTaken = ({ reference }: { reference: string }) =>
  new LedgerError('reference_already_paid', reference);

export const orders = {
  writes: {
    order: orderWrites,
    order_refused: (table, tenant, { order, refusal }) => [
      refuse(table, orderKey(tenant, order), refusal),
    ],
    listed: transactionRow,
    rows_rewritten: rewrittenRows,
    reference_claimed: (table, tenant, change) => [referenceWrite(table, tenant, change)],
    reference_released: (table, tenant, change) => [referenceWrite(table, tenant, change)],
  },
  facts: {
    order: (tenant, { order }) =>
      order.version === 1 && isSale(order)
        ? wordRows(tenant, order).map((row) => ({ item: row, isExpected: false }))
        : [],
  },
  places: { order: orderKey },
  due: { expire: named, recover: named },
  refusals: { reference_claimed: isTaken },
  reads: (client, table) => ({
    transactions: (tenant: Tenant, window: TransactionQuery): Promise<TransactionEntry[]> =>
      readTransactions(client, table, tenant, window),
    orders: (tenant: Tenant, page: Page, filter: OrderFilter): Promise<Listed<Order>> =>
      readOrders(new OrderReader(client, table, tenant), page, filter),
    payments: (tenant: Tenant, page: Page, filter: PaymentFilter): Promise<Listed<Payment>> =>
      readPayments(client, table, tenant, page, filter),
    payoutsOf: (tenant: Tenant, customer: string): Promise<Order[]> =>
      new OrderReader(client, table, tenant).payoutsOf(customer),
    ordersPending: (tenant: Tenant): Promise<Order[]> => readPending(client, table, tenant),
    async ordersByUuid(tenant: Tenant, uuids: readonly Uuid[]): Promise<(Order | null)[]> {
      const keys = uuids.map((uuid) => orderKey(tenant, uuid));
      const found = await batchGet(client, table, keys);
      return keys.map((key) => valueIn<Order>(found.get(nameOf(key))));
    },
    async orderOfTransaction(tenant: Tenant, transaction: ObjectId): Promise<Uuid | null> {
      const key = rowKey(tenant, 'TRANSACTIONS', transaction);
      return (await readValue<TransactionEntry>(client, table, key))?.order.uuid ?? null;
    },
    orderOfReference: (tenant: Tenant, reference: string): Promise<Uuid | null> =>
      readHolder(client, table, tenant, reference),
  }),
} satisfies Aggregate;
