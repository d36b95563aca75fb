import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Page } from '#ledger/orders/order-lists.ts';
import type { TransactionEntry, TransactionQuery } from '#ledger/orders/order-store.ts';
import type { Key } from '#store/core/keys.ts';
import { Shelf } from '#store/lists/book.ts';
import { partListKey, rowKey } from '#store/lists/list-keys.ts';
import { ALL, type Parts, partsNamed } from '#store/lists/tally.ts';
import { type Row, rowsOf, type Span, Timeline } from '#store/lists/timeline.ts';
import type { TransactionRow } from './order-rows.ts';
import { hasPlain, terminalParts } from './transaction-parts.ts';

/** A page of a merchant's transactions, newest first. */
export async function readTransactions(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  window: TransactionQuery,
): Promise<TransactionEntry[]> {
  const { terminal } = window;
  const list = new TransactionList(client, table, tenant);
  const { rows } = await (terminal === null
    ? list.all(window)
    : list.of(terminalParts(terminal), window, (one) => one.order.service.terminal === terminal));
  return rows.map((row) => row.value);
}

/** The finished transactions of a merchant. */
export class TransactionList {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #tenant: Tenant;

  constructor(client: DynamoDBClient, table: string, tenant: Tenant) {
    this.#client = client;
    this.#table = table;
    this.#tenant = tenant;
  }

  /** A page of all, not counted. */
  async all(page: Page): Promise<{ rows: Row<TransactionRow>[] }> {
    return { rows: await this.#timeline(partsNamed(ALL)).page(page) };
  }

  /**
   * A page of some parts, counted. Parts that an index has apart are read there; what has others
   * with it, or was written before there was that index, is read as it lies among all.
   */
  async of(parts: Parts, page: Page, isWanted: (row: TransactionRow) => boolean) {
    const timeline = this.#timeline(parts);
    if (hasPlain(parts)) return timeline.pageAmong(page, isWanted);
    const found = await timeline.pageApart(page, (part, ...wanted) =>
      this.#rows('lists', partListKey(this.#tenant, part), ...wanted),
    );
    return found ?? timeline.pageAmong(page, isWanted);
  }

  #timeline(parts: Parts): Timeline<TransactionRow> {
    const listing = { tenant: this.#tenant, list: 'TRANSACTIONS', idOf } as const;
    const { pk } = rowKey(this.#tenant, 'TRANSACTIONS', '');
    return new Timeline(new Shelf(this.#client, this.#table, listing), parts, (...wanted) =>
      this.#rows(null, pk, ...wanted),
    );
  }

  #rows(index: 'lists' | null, partition: string, span: Span, most: number, expected?: number) {
    const rows = { index, partition };
    return rowsOf<TransactionRow>(this.#client, this.#table, rows, span, most, expected);
  }
}

const idOf = ({ sk }: Key): ObjectId => sk;
