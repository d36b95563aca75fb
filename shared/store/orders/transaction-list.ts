import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { TransactionEntry, TransactionQuery } from '#ledger/orders/order-store.ts';
import { isEmpty, spanOf, Timeline } from '#store/lists/timeline.ts';

/** A page of a merchant's transactions, newest first. */
export async function readTransactions(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  window: TransactionQuery,
): Promise<TransactionEntry[]> {
  const list = new Timeline<TransactionEntry>(client, table, tenant, 'TRANSACTIONS');
  if (window.terminal !== null) return ofTerminal(list, window, window.terminal);
  const rows = await list.page(window);
  return rows.map((row) => row.value);
}

/** Rows of one terminal: no index knows terminals, so the window is read through. */
async function ofTerminal(
  list: Timeline<TransactionEntry>,
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
