import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type ObjectId,
  objectIdFloor,
  objectIdFromUuid,
  type Uuid,
  uuidFromObjectId,
} from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import { isSale } from '#ledger/orders/order-lists.ts';
import type { OrderState } from '#ledger/orders/standing.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { valueIn } from '#store/core/items.ts';
import { INDEX, type Key, partsOf } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';
import { ALL, type Parts, partsNamed } from '#store/lists/counts.ts';
import { orderListKey } from '#store/lists/list-keys.ts';
import { type Row, rowsOf, type Source, type Span, spanOf } from '#store/lists/rows.ts';
import { Shelf } from '#store/lists/shelf.ts';
import { Timeline } from '#store/lists/timeline.ts';
import { idsNamed } from '#store/lists/words.ts';
import {
  channelOfPart,
  type Facet,
  facetKey,
  orderKey,
  partsIn,
  stateKey,
  wordPartition,
} from './order-keys.ts';

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** Finds and reads orders of a merchant for lists. */
export class OrderReader {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #tenant: Tenant;
  readonly #shelf: Shelf;

  constructor(client: DynamoDBClient, table: string, tenant: Tenant) {
    this.#client = client;
    this.#table = table;
    this.#tenant = tenant;
    this.#shelf = new Shelf(client, table, { tenant, list: 'ORDERS', idOf });
  }

  /** All orders: the index holds their present versions. */
  get all(): Timeline<Order> {
    return this.#among(partsNamed(ALL));
  }

  /** The orders in some states, as they lie among all orders. */
  amongAll(states: readonly OrderState[]): Timeline<Order> {
    return this.#among(partsIn(states));
  }

  #among(parts: Parts): Timeline<Order> {
    return new Timeline(this.#shelf, parts, {
      partitionsOf: (names) =>
        [...new Set(names.map(channelOfPart))].map((one) => orderListKey(this.#tenant, one)),
      rows: (...wanted) => rowsOf<Order>(this.#client, this.#table, 'lists', ...wanted),
    });
  }

  /** The orders in some states, of which the index knows the ids. */
  inStates(states: readonly OrderState[]): Timeline<null> {
    return new Timeline(this.#shelf, partsIn(states), {
      partitionsOf: () => states.map((state) => stateKey(this.#tenant, state)),
      rows: (...wanted) => this.#inState(...wanted),
    });
  }

  /** Orders by their ids, as they are now, in the same order. */
  async orders(ids: readonly ObjectId[]): Promise<Order[]> {
    return this.ordersOf(ids.map(uuidFromObjectId));
  }

  /** Orders, as they are now, in the same order. */
  async ordersOf(uuids: readonly Uuid[]): Promise<Order[]> {
    const keys = uuids.map((uuid) => orderKey(this.#tenant, uuid));
    const items = await batchGet(this.#client, this.#table, keys, 'soon');
    return keys
      .map((key) => valueIn<Order>(items.get(nameOf(key))))
      .filter((order) => order !== null);
  }

  /**
   * Orders by the kinds of their channels, as they are now, in any order. Most of a page's are
   * neighbours in the list of their channel, and reading those in a row costs an eighth of reading
   * each apart; so are read what it misses and what the index has not caught up with.
   */
  async neighbours(
    byChannel: ReadonlyMap<string, readonly Uuid[]>,
    isCurrent: (order: Order) => boolean,
  ): Promise<Order[]> {
    const read = [...byChannel].map(async ([channel, uuids]) => {
      const found = (await this.#inARow(channel, new Set(uuids))).filter(isCurrent);
      const near = new Set(found.map((order) => order.uuid));
      return [...found, ...(await this.ordersOf(uuids.filter((uuid) => !near.has(uuid))))];
    });
    return (await Promise.all(read)).flat();
  }

  async #inARow(channel: string, wanted: ReadonlySet<Uuid>): Promise<Order[]> {
    const ids = [...wanted].flatMap((uuid) => objectIdFromUuid(uuid) ?? []).sort();
    const [low, high] = [ids[0], ids.at(-1)];
    if (low === undefined || high === undefined) return [];
    const items = query(this.#client, {
      TableName: this.#table,
      IndexName: INDEX.lists,
      KeyConditionExpression: 'listKey = :list AND listSort BETWEEN :low AND :high',
      ExpressionAttributeValues: {
        ':list': { S: orderListKey(this.#tenant, channel) },
        ':low': { S: low },
        ':high': { S: high },
      },
      ScanIndexForward: false,
      Limit: wanted.size,
    });
    const found: Order[] = [];
    let read = 0;
    for await (const one of items) {
      const order = valueIn<Order>(one);
      if (order !== null && wanted.has(order.uuid)) found.push(order);
      read += 1;
      if (found.length === wanted.size) break;
      // Where most orders are not wanted, the rest is read apart.
      if (read % wanted.size === 0 && found.length * 2 < read) break;
    }
    return found;
  }

  /** Ids of the orders that have something in common, newest first. */
  async having(facet: Facet, value: string, span: Span): Promise<ObjectId[]> {
    const { pk } = facetKey(this.#tenant, facet, value, '');
    const found = rowsOf<object>(this.#client, this.#table, null, pk, span, EVERYTHING);
    return (await Array.fromAsync(found)).map((row) => row.id);
  }

  /** The payouts of a customer, newest first. */
  async payoutsOf(customer: string): Promise<Order[]> {
    return this.orders(await this.having('PAYEE', customer, spanOf({ fromMs: null, toMs: null })));
  }

  /** The id of an order that no shop sent, which is its own channel. */
  async withoutChannel(uuid: Uuid, span: Span): Promise<ObjectId[]> {
    const id = objectIdFromUuid(uuid);
    if (id === null || !isIn(id, span)) return [];
    const [order] = await this.ordersOf([uuid]);
    if (order === undefined || !isSale(order)) return [];
    return (order.purchase?.channel.id ?? '') === '' ? [id] : [];
  }

  /** Ids of the orders in whose names all words of a text begin words, or whose id it is. */
  async named(text: string, span: Span): Promise<ObjectId[]> {
    const id = /^[0-9a-f]{24}$/.test(text) ? text : objectIdFromUuid(text.toUpperCase());
    if (id !== null) {
      const found = isIn(id, span) ? await this.orders([id]) : [];
      return found.filter(isSale).map(() => id);
    }
    const partition = wordPartition(this.#tenant);
    const ids = await idsNamed(this.#client, this.#table, partition, text);
    return ids.filter((one) => isIn(one, span));
  }

  /** The ids of the orders in a state, newest first. */
  async *#inState(
    ...[partition, { fromMs, toMs }, most]: Parameters<Source<null>['rows']>
  ): AsyncGenerator<Row<null>> {
    const items = query(this.#client, {
      TableName: this.#table,
      IndexName: INDEX.states,
      KeyConditionExpression: 'stateKey = :state AND stateSort BETWEEN :low AND :high',
      ExpressionAttributeValues: {
        ':state': { S: partition },
        ':low': { S: objectIdFloor(fromMs) },
        ':high': { S: objectIdFloor(toMs) },
      },
      ScanIndexForward: false,
      Limit: most,
    });
    let left = most;
    for await (const one of items) {
      yield { id: one.stateSort?.S ?? '', value: null };
      left -= 1;
      if (left === 0) return;
    }
  }
}

function idOf(key: Key): ObjectId {
  return objectIdFromUuid(partsOf(key).parts[1] ?? '') ?? '';
}

function isIn(id: ObjectId, { fromMs, toMs }: Span): boolean {
  return id >= objectIdFloor(fromMs) && id < objectIdFloor(toMs);
}
