import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { objectIdFromUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import { searchTextOf } from '#ledger/orders/order-lists.ts';
import { item } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';
import { countWrites } from '#store/lists/counters.ts';
import { rowKey } from '#store/lists/list-keys.ts';
import { facetKey } from './order-keys.ts';

/**
 * What the list of orders keeps of an order: only what does not change. The rows of a page are
 * read as orders afterwards, which is one more read for a page, where rows that follow their
 * orders would be one more write for everything that ever happens to an order.
 */
export interface OrderRow {
  text: string;
}

/** What the list of payments keeps of a payment. */
export interface PaymentRow {
  order: Uuid;
  channelType: string;
  channelSubType: string | null;
  text: string;
}

/** Whether an order is in the list of orders: money that is sent to somebody is no sale. */
export function isListed({ intent }: Order): boolean {
  return intent === 'sale' || intent === 'hold';
}

/**
 * The rows of a new order: in the list of all, which is counted, and one for each thing that
 * orders are looked for by.
 */
export function orderRows(table: string, tenant: Tenant, order: Order): TransactWriteItem[] {
  const rows = plainOrderRows(table, tenant, order);
  return rows.length === 0
    ? []
    : [...rows, ...countWrites(table, tenant, 'ORDERS', idOf(order.uuid))];
}

function plainOrderRows(table: string, tenant: Tenant, order: Order): TransactWriteItem[] {
  if (!isListed(order)) return [];
  const id = idOf(order.uuid);
  const row: OrderRow = { text: searchTextOf(order) };
  const { purchase } = order;
  const products = new Set(purchase?.items.map((one) => one.product.id));
  const keys: Key[] = [
    rowKey(tenant, 'ORDERS', id),
    ...(purchase?.contact ? [facetKey(tenant, 'CONTACT', purchase.contact.id, id)] : []),
    // An order that no shop sent is its own channel.
    facetKey(tenant, 'CHANNEL', purchase?.channel.id || order.uuid, id),
    ...(purchase?.subscription
      ? [facetKey(tenant, 'SUBSCRIPTION', purchase.subscription, id)]
      : []),
    ...[...products].map((product) => facetKey(tenant, 'PRODUCT', product, id)),
  ];
  return keys.map((key) => ({ Put: { TableName: table, Item: item(key, row) } }));
}

/** The rows of a finished transaction: in the list of all, and a payment in that of payments. */
export function transactionRows(
  table: string,
  tenant: Tenant,
  { entry, payment }: ChangeOf<'listed'>,
): TransactWriteItem[] {
  const id = idOf(entry.transaction.uuid);
  return [
    ...plainTransactionRows(table, tenant, { entry, payment }),
    ...countWrites(table, tenant, 'TRANSACTIONS', id),
    ...(payment === null ? [] : countWrites(table, tenant, 'PAYMENTS', id)),
  ];
}

/** The rows of an order, or of a transaction, once more: they are counted already. */
export function rewrittenRows(
  table: string,
  tenant: Tenant,
  change: ChangeOf<'rows_rewritten'>,
): TransactWriteItem[] {
  return 'order' in change
    ? plainOrderRows(table, tenant, change.order)
    : plainTransactionRows(table, tenant, change.listed);
}

function plainTransactionRows(
  table: string,
  tenant: Tenant,
  { entry, payment }: Pick<ChangeOf<'listed'>, 'entry' | 'payment'>,
): TransactWriteItem[] {
  const id = idOf(entry.transaction.uuid);
  const all = item(rowKey(tenant, 'TRANSACTIONS', id), entry);
  const writes = [{ Put: { TableName: table, Item: all } }];
  if (payment === null) return writes;
  const row: PaymentRow = { order: entry.order.uuid, ...payment };
  const listed = item(rowKey(tenant, 'PAYMENTS', id), row);
  return [...writes, { Put: { TableName: table, Item: listed } }];
}

function idOf(uuid: Uuid): string {
  const id = objectIdFromUuid(uuid);
  if (id === null) throw new Error('What was not minted here cannot be listed');
  return id;
}
