import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Page } from '#ledger/orders/order-lists.ts';
import type { TransactionEntry, TransactionQuery } from '#ledger/orders/order-store.ts';
import type { Key } from '#store/core/keys.ts';
import { ALL, type Parts, partsNamed } from '#store/lists/counts.ts';
import { partListKey, rowKey } from '#store/lists/list-keys.ts';
import { isEmpty, type Row, rowsOf, type Source, spanOf } from '#store/lists/rows.ts';
import { Shelf } from '#store/lists/shelf.ts';
import { Timeline } from '#store/lists/timeline.ts';
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
    const span = spanOf(page);
    if (page.offset > 0) return this.#among(partsNamed(ALL)).countedPage(page);
    if (isEmpty(span) || page.limit === 0) return { rows: [] };
    return { rows: await Array.fromAsync(this.#rows(null, this.#partition, span, page.limit)) };
  }

  /**
   * A page of some parts, counted. Parts that an index has apart are read there; what has others
   * with it, or was written before there was that index, is read as it lies among all.
   */
  async of(parts: Parts, page: Page, isWanted: (row: TransactionRow) => boolean) {
    if (hasPlain(parts)) return this.#among(parts).pageAmong(page, isWanted);
    const found = await this.#apart(parts).pageApart(page);
    return found ?? this.#among(parts).pageAmong(page, isWanted);
  }

  /** Some parts as they lie among all. */
  #among(parts: Parts): Timeline<TransactionRow> {
    return new Timeline(this.#shelf, parts, {
      partitionsOf: () => [this.#partition],
      rows: (...wanted) => this.#rows(null, ...wanted),
    });
  }

  #apart(parts: Parts): Timeline<TransactionRow> {
    return new Timeline(this.#shelf, parts, {
      partitionsOf: (names) => names.map((part) => partListKey(this.#tenant, part)),
      rows: (...wanted) => this.#rows('lists', ...wanted),
    });
  }

  get #partition(): string {
    return rowKey(this.#tenant, 'TRANSACTIONS', '').pk;
  }

  get #shelf(): Shelf {
    const listing = { tenant: this.#tenant, list: 'TRANSACTIONS', idOf } as const;
    return new Shelf(this.#client, this.#table, listing);
  }

  #rows(index: 'lists' | null, ...wanted: Parameters<Source<TransactionRow>['rows']>) {
    return rowsOf<TransactionRow>(this.#client, this.#table, index, ...wanted);
  }
}

const idOf = ({ sk }: Key): ObjectId => sk;
