import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import { objectIdFloor } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Listed, Page } from '#ledger/orders/order-lists.ts';
import {
  isMatch,
  type Subscription,
  type SubscriptionFilter,
} from '#ledger/subscriptions/subscription.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { valueIn } from '#store/core/items.ts';
import { readValue } from '#store/core/query.ts';
import { OpenBook } from '#store/lists/book.ts';
import { ALL, countOf, partsNamed, sumOf } from '#store/lists/counts.ts';
import { rowKey } from '#store/lists/list-keys.ts';
import { isEmpty, type Row, rowsOf, spanOf } from '#store/lists/rows.ts';
import { Shelf } from '#store/lists/shelf.ts';
import { Timeline } from '#store/lists/timeline.ts';
import { idsNamed } from '#store/lists/words.ts';
import { subscriptionKey } from './subscription-keys.ts';
import { facetKey, LISTED, partListKey, partOf, wordPartition } from './subscription-rows.ts';

const MOST = Number.MAX_SAFE_INTEGER;

/** The subscriptions of a merchant, newest first. */
export class SubscriptionList {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #tenant: Tenant;
  readonly #shelf: Shelf;

  constructor(client: DynamoDBClient, table: string, tenant: Tenant) {
    this.#client = client;
    this.#table = table;
    this.#tenant = tenant;
    const idOf = ({ sk }: { sk: string }) => sk.slice(LISTED.length);
    this.#shelf = new Shelf(client, table, { tenant, list: 'SUBSCRIPTIONS', idOf });
  }

  /**
   * A page. Without a filter, or by channel, it costs the same at any offset. By contact, entity
   * and text there are indexes, and the cost grows with what they find.
   */
  async page(page: Page, filter: SubscriptionFilter): Promise<Listed<Subscription>> {
    if (isEmpty(spanOf(page))) return { entries: [], total: 0 };
    const { id, entity, contact, channelType, text } = filter;
    if (Object.keys(filter).length === 0) return listed(await this.#all.countedPage(page));
    if (id !== undefined) return this.#byIdentity(id, page, filter);
    if (entity !== undefined) return this.#through(this.#facet('ENTITY', entity), page, filter);
    if (contact !== undefined) return this.#through(this.#facet('CONTACT', contact), page, filter);
    if (await this.#isUpgraded(page)) {
      if (text !== undefined) return this.#named(text, page, filter);
      const found = channelType === undefined ? null : await this.#of(channelType).pageApart(page);
      if (found !== null) return listed(found);
    }
    return this.#through(this.#partition, page, filter);
  }

  get #partition(): string {
    return rowKey(this.#tenant, 'SUBSCRIPTIONS', '').pk;
  }

  #facet(facet: 'CONTACT' | 'ENTITY', value: string): string {
    return facetKey(this.#tenant, facet, value, '').pk;
  }

  get #all(): Timeline<Subscription> {
    return new Timeline(this.#shelf, partsNamed(ALL), {
      partitionsOf: () => [this.#partition],
      rows: (...wanted) => rowsOf(this.#client, this.#table, null, ...wanted),
    });
  }

  #of(channelType: string): Timeline<Subscription> {
    return new Timeline(this.#shelf, partsNamed(partOf(channelType)), {
      partitionsOf: (parts) => parts.map((part) => partListKey(this.#tenant, part)),
      rows: (...wanted) => rowsOf(this.#client, this.#table, 'lists', ...wanted),
    });
  }

  /** Whether all are listed by their channels and words, as those of before schema 2 are not. */
  async #isUpgraded({ deadline }: Page): Promise<boolean> {
    const book = await OpenBook.open(this.#shelf, deadline);
    const counts = book
      .days()
      .map(([, ofDay]) => ofDay)
      .reduce(sumOf, {});
    return countOf(counts, (part) => part !== ALL) === (counts[ALL] ?? 0);
  }

  async #named(
    text: string,
    page: Page,
    filter: SubscriptionFilter,
  ): Promise<Listed<Subscription>> {
    const { fromMs, toMs } = spanOf(page);
    const [low, high] = [objectIdFloor(fromMs), objectIdFloor(toMs)];
    const partition = wordPartition(this.#tenant);
    const ids = (await idsNamed(this.#client, this.#table, partition, text))
      .filter((id) => id >= low && id < high)
      .sort()
      .reverse();
    if (filter.channelType === undefined) {
      const entries = await this.#rows(ids.slice(page.offset, page.offset + page.limit));
      return { entries, total: ids.length };
    }
    return sliceOf(
      (await this.#rows(ids)).filter((one) => isMatch(one, filter)),
      page,
    );
  }

  async #rows(ids: readonly ObjectId[]): Promise<Subscription[]> {
    const keys = ids.map((id) => rowKey(this.#tenant, 'SUBSCRIPTIONS', id));
    const found = await batchGet(this.#client, this.#table, keys, 'soon');
    return keys.flatMap((key) => valueIn<Subscription>(found.get(nameOf(key))) ?? []);
  }

  /** Reads all rows of a partition. */
  async #through(
    partition: string,
    page: Page,
    filter: SubscriptionFilter,
  ): Promise<Listed<Subscription>> {
    const rows = rowsOf<Subscription>(
      this.#client,
      this.#table,
      null,
      partition,
      spanOf(page),
      MOST,
    );
    const found: Subscription[] = [];
    for await (const { value } of rows) if (isMatch(value, filter)) found.push(value);
    return sliceOf(found, page);
  }

  /** The one subscription that an identity names, if the rest of the filter is true of it. */
  async #byIdentity(
    id: ObjectId,
    page: Page,
    filter: SubscriptionFilter,
  ): Promise<Listed<Subscription>> {
    const key = subscriptionKey(this.#tenant, id);
    const found = await readValue<Subscription>(this.#client, this.#table, key);
    const { fromMs, toMs } = spanOf(page);
    const timeMs = found === null ? Number.NaN : Date.parse(found.createdAt);
    const isMeant = found !== null && isMatch(found, filter) && timeMs >= fromMs && timeMs < toMs;
    return sliceOf(isMeant ? [found] : [], page);
  }
}

function listed({ rows, total }: { rows: Row<Subscription>[]; total: number }) {
  return { entries: rows.map((row) => row.value), total };
}

function sliceOf(all: readonly Subscription[], { offset, limit }: Page): Listed<Subscription> {
  return { entries: all.slice(offset, offset + limit), total: all.length };
}
