import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ObjectId, objectIdFloor, type Uuid, uuidFromObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { OrderState } from '#ledger/orders/order-state.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { valueIn } from '#store/core/items.ts';
import { INDEX } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';
import type { Span } from '#store/lists/counter-reader.ts';
import { type Row, rowsOf, Timeline } from '#store/lists/timeline.ts';
import { type Facet, facetKey, orderKey, stateKey } from './order-keys.ts';
import type { OrderRow } from './order-rows.ts';

/** Finds and reads orders of a merchant for lists. */
export class OrderReader {
  readonly timeline: Timeline<OrderRow>;
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #tenant: Tenant;

  constructor(client: DynamoDBClient, table: string, tenant: Tenant) {
    this.#client = client;
    this.#table = table;
    this.#tenant = tenant;
    this.timeline = new Timeline(client, table, tenant, 'ORDERS');
  }

  /** Orders by their ids, as they are now, in the same order. */
  async orders(ids: readonly ObjectId[]): Promise<Order[]> {
    return this.ordersOf(ids.map(uuidFromObjectId));
  }

  /** Orders, as they are now, in the same order. */
  async ordersOf(uuids: readonly Uuid[]): Promise<Order[]> {
    const keys = uuids.map((uuid) => orderKey(this.#tenant, uuid));
    const items = await batchGet(this.#client, this.#table, keys);
    return keys
      .map((key) => valueIn<Order>(items.get(nameOf(key))))
      .filter((order) => order !== null);
  }

  /** Rows of the orders that have something in common, newest first. */
  having(facet: Facet, value: string, span: Span): Promise<Row<OrderRow>[]> {
    const { pk } = facetKey(this.#tenant, facet, value, '');
    const most = Number.MAX_SAFE_INTEGER;
    return Array.fromAsync(rowsOf<OrderRow>(this.#client, this.#table, pk, span, most));
  }

  /** Ids of the orders in a state, from an index that follows each order within moments. */
  async inState(state: OrderState, { fromMs, toMs }: Span): Promise<ObjectId[]> {
    const items = query(this.#client, {
      TableName: this.#table,
      IndexName: INDEX.states,
      KeyConditionExpression: 'stateKey = :state AND stateSort BETWEEN :low AND :high',
      ExpressionAttributeValues: {
        ':state': { S: stateKey(this.#tenant, state) },
        ':low': { S: objectIdFloor(fromMs) },
        ':high': { S: objectIdFloor(toMs) },
      },
    });
    const ids: ObjectId[] = [];
    for await (const one of items) ids.push(one.stateSort?.S ?? '');
    return ids;
  }
}
