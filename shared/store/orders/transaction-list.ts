import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { TransactionEntry, TransactionQuery } from '#ledger/orders/order-store.ts';
import { Shelf } from '#store/lists/book.ts';
import { listKey, rowKey } from '#store/lists/list-keys.ts';
import { ALL } from '#store/lists/tally.ts';
import { isEmpty, rowsOf, spanOf, Timeline } from '#store/lists/timeline.ts';
import { PAYMENTS, type TransactionRow } from './order-rows.ts';

function shelfOf(client: DynamoDBClient, table: string, tenant: Tenant): Shelf {
  return new Shelf(client, table, { tenant, list: 'TRANSACTIONS', idOf: ({ sk }) => sk });
}

/** All finished transactions of a merchant. */
function transactionsOf(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
): Timeline<TransactionRow> {
  const rows = { index: null, partition: rowKey(tenant, 'TRANSACTIONS', '').pk };
  const shelf = shelfOf(client, table, tenant);
  return new Timeline(shelf, [ALL], (span, most) => rowsOf(client, table, rows, span, most));
}

/** Those that are payments. */
export function paymentsOf(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
): Timeline<TransactionRow> {
  const rows = { index: 'lists', partition: listKey(tenant, 'PAYMENTS') } as const;
  const shelf = shelfOf(client, table, tenant);
  return new Timeline(shelf, [PAYMENTS], (span, most) => rowsOf(client, table, rows, span, most));
}

/** A page of a merchant's transactions, newest first. */
export async function readTransactions(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  window: TransactionQuery,
): Promise<TransactionEntry[]> {
  const list = transactionsOf(client, table, tenant);
  if (window.terminal !== null) return ofTerminal(list, window, window.terminal);
  const rows = await list.page(window);
  return rows.map((row) => row.value);
}

/** The rows of one terminal: there is no index by terminal, so all rows of the window are read. */
async function ofTerminal(
  list: Timeline<TransactionRow>,
  window: TransactionQuery,
  terminal: string,
): Promise<TransactionEntry[]> {
  const found: TransactionEntry[] = [];
  const span = spanOf(window);
  if (isEmpty(span)) return found;
  let skip = window.offset;
  for await (const { value } of list.rows(span, Number.MAX_SAFE_INTEGER)) {
    if (value.order.service.terminal !== terminal) continue;
    if (skip > 0) skip -= 1;
    else found.push(value);
    if (found.length === window.limit) break;
  }
  return found;
}
