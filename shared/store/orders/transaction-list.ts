import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { PaymentFilter } from '#ledger/orders/order-lists.ts';
import type { TransactionEntry, TransactionQuery } from '#ledger/orders/order-store.ts';
import { Shelf } from '#store/lists/book.ts';
import { listKey, rowKey } from '#store/lists/list-keys.ts';
import { ALL, type Parts, partsNamed } from '#store/lists/tally.ts';
import { rowsOf, Timeline } from '#store/lists/timeline.ts';
import type { TransactionRow } from './order-rows.ts';
import { paymentParts, terminalParts } from './transaction-parts.ts';

function shelfOf(client: DynamoDBClient, table: string, tenant: Tenant): Shelf {
  return new Shelf(client, table, { tenant, list: 'TRANSACTIONS', idOf: ({ sk }) => sk });
}

/** The finished transactions of a merchant, in some parts of the list. */
function transactionsOf(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  parts: Parts,
): Timeline<TransactionRow> {
  const rows = { index: null, partition: rowKey(tenant, 'TRANSACTIONS', '').pk };
  const shelf = shelfOf(client, table, tenant);
  return new Timeline(shelf, parts, (span, most) => rowsOf(client, table, rows, span, most));
}

/** Those that are payments, by their channel or all of them. */
export function paymentsOf(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  filter: PaymentFilter,
): Timeline<TransactionRow> {
  const rows = { index: 'lists', partition: listKey(tenant, 'PAYMENTS') } as const;
  const shelf = shelfOf(client, table, tenant);
  const parts = paymentParts(filter);
  return new Timeline(shelf, parts, (span, most) => rowsOf(client, table, rows, span, most));
}

/** A page of a merchant's transactions, newest first. */
export async function readTransactions(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  window: TransactionQuery,
): Promise<TransactionEntry[]> {
  const { terminal } = window;
  if (terminal === null) {
    const rows = await transactionsOf(client, table, tenant, partsNamed(ALL)).page(window);
    return rows.map((row) => row.value);
  }
  const list = transactionsOf(client, table, tenant, terminalParts(terminal));
  const { rows } = await list.pageAmong(window, (one) => one.order.service.terminal === terminal);
  return rows.map((row) => row.value);
}
