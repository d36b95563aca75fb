import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { objectIdFromUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import { isSale, searchTextOf } from '#ledger/orders/order-lists.ts';
import type { PaymentFacets, TransactionEntry } from '#ledger/orders/order-store.ts';
import { nameOf } from '#store/core/batch.ts';
import { type Attributes, item, keyOf } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';
import { rewrite } from '#store/core/writes.ts';
import { journalAttributes } from '#store/lists/journal.ts';
import { partListKey, rowKey } from '#store/lists/list-keys.ts';
import { searchWordsOf, wordRowKey } from '#store/lists/words.ts';
import { facetKey, wordPartition } from './order-keys.ts';
import { isApart, partOfTransaction } from './transaction-parts.ts';

/** A row of the list of transactions; of a payment, with what payments are looked for by. */
export interface TransactionRow extends TransactionEntry {
  payment: PaymentFacets | null;
}

/** The rows of a new order, one for each thing that it is looked for by. */
export function facetRows(table: string, tenant: Tenant, order: Order): TransactWriteItem[] {
  return facetKeys(tenant, order).map((key) => put(table, key));
}

function facetKeys(tenant: Tenant, order: Order): Key[] {
  const { purchase, customer } = order;
  const id = listIdOf(order.uuid);
  if (!isSale(order)) return customer === null ? [] : [facetKey(tenant, 'PAYEE', customer, id)];
  if (purchase === null) return [];
  const products = new Set(purchase.items.map((one) => one.product.id));
  return [
    ...(purchase.contact === null ? [] : [facetKey(tenant, 'CONTACT', purchase.contact.id, id)]),
    ...(purchase.channel.id === '' ? [] : [facetKey(tenant, 'CHANNEL', purchase.channel.id, id)]),
    ...(purchase.subscription === null
      ? []
      : [facetKey(tenant, 'SUBSCRIPTION', purchase.subscription, id)]),
    ...[...products].map((product) => facetKey(tenant, 'PRODUCT', product, id)),
  ];
}

/** The rows by which a new order is found by the words of its names. */
export function wordRows(tenant: Tenant, order: Order): Attributes[] {
  return wordKeys(tenant, order).map((key) => item(key, {}));
}

function wordKeys(tenant: Tenant, order: Order): Key[] {
  const [partition, id] = [wordPartition(tenant), listIdOf(order.uuid)];
  return searchWordsOf(searchTextOf(order)).map((word) => wordRowKey(partition, word, id));
}

/** What lists say of an order or a transaction, once more: they are counted already. */
export function rewrittenRows(
  table: string,
  tenant: Tenant,
  change: ChangeOf<'rows_rewritten'>,
): TransactWriteItem[] {
  if ('listed' in change) return [rewrittenTransaction(table, tenant, change.listed)];
  const keysOf = (order: Order) => [
    ...facetKeys(tenant, order),
    ...(isSale(order) ? wordKeys(tenant, order) : []),
  ];
  const keys = keysOf(change.order);
  const stays = new Set(keys.map(nameOf));
  const stale = keysOf(change.before).filter((key) => !stays.has(nameOf(key)));
  return [
    ...keys.map((key) => put(table, key)),
    ...stale.map((key) => ({ Delete: { TableName: table, Key: keyOf(key) } })),
  ];
}

function rewrittenTransaction(
  table: string,
  tenant: Tenant,
  { entry, payment }: ChangeOf<'listed'>,
): TransactWriteItem {
  const key = rowKey(tenant, 'TRANSACTIONS', listIdOf(entry.transaction.uuid));
  const row: TransactionRow = { ...entry, payment };
  return { Update: rewrite(table, key, row) };
}

function put(table: string, key: Key): TransactWriteItem {
  return { Put: { TableName: table, Item: item(key, {}) } };
}

/** The row of a finished transaction; one of a part that is looked for is in an index of that. */
export function transactionRow(
  table: string,
  tenant: Tenant,
  { entry, payment, at = new Date().toISOString() }: ChangeOf<'listed'>,
): TransactWriteItem[] {
  const id = listIdOf(entry.transaction.uuid);
  const row: TransactionRow = { ...entry, payment };
  const part = partOfTransaction(entry, payment);
  const Item = item(rowKey(tenant, 'TRANSACTIONS', id), row, {
    ...journalAttributes(tenant, 'TRANSACTIONS', [{ at, part }]),
    ...(isApart(part) ? { listKey: { S: partListKey(tenant, part) }, listSort: { S: id } } : {}),
  });
  return [{ Put: { TableName: table, Item } }];
}

/** The id that an order or a transaction is sorted by. */
export function listIdOf(uuid: Uuid): string {
  const id = objectIdFromUuid(uuid);
  if (id === null) throw new Error('What was not minted here cannot be listed');
  return id;
}
