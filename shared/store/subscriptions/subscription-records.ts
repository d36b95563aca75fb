import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Billing } from '#ledger/subscriptions/billing.ts';
import type { Subscription } from '#ledger/subscriptions/subscription.ts';
import type { SubscriptionPayment } from '#ledger/subscriptions/subscription-payment.ts';
import type { Slice, SubscriptionRecord } from '#ledger/subscriptions/subscription-store.ts';
import { type Attributes, valueIn, valuesIn } from '#store/core/items.ts';
import { INDEX } from '#store/core/keys.ts';
import { query, readPartition } from '#store/core/query.ts';
import { rowKey } from '#store/lists/list-keys.ts';
import { billingKey, PAYMENT, paymentListKey, subscriptionKey } from './subscription-keys.ts';

/** How many subscriptions of a page are read in parallel. */
const READERS = 16;

export async function readRecord(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  id: ObjectId,
): Promise<SubscriptionRecord | null> {
  const items = await readPartition(client, table, subscriptionKey(tenant, id).pk);
  const find = (sk: string) => items.find((one) => one.sk?.S === sk);
  const subscription = valueIn<Subscription>(find(subscriptionKey(tenant, id).sk));
  if (subscription === null) return null;
  return {
    subscription,
    billing: valueIn<Billing>(find(billingKey(tenant, id).sk)),
    payments: valuesIn(items.filter((one) => one.sk?.S?.startsWith(PAYMENT))),
  };
}

/** Imported subscriptions are passed over. */
export async function readBilled(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  { limit, offset }: Slice,
): Promise<SubscriptionRecord[]> {
  const rows = query(client, {
    TableName: table,
    ConsistentRead: true,
    ScanIndexForward: false,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: rowKey(tenant, 'SUBSCRIPTIONS', '').pk } },
  });
  const isBilled = (row: Attributes) => valueIn<Subscription>(row)?.billing !== undefined;
  const wanted = await slice(rows, isBilled, { limit, offset });
  const ids = valuesIn<Subscription>(wanted).map(({ id }) => id);
  const records: (SubscriptionRecord | null)[] = [];
  for (let start = 0; start < ids.length; start += READERS) {
    const part = ids.slice(start, start + READERS);
    records.push(...(await Promise.all(part.map((id) => readRecord(client, table, tenant, id)))));
  }
  return records.filter((one) => one !== null);
}

export async function readPayments(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  page: Slice,
): Promise<SubscriptionPayment[]> {
  const rows = query(client, {
    TableName: table,
    IndexName: INDEX.lists,
    ScanIndexForward: false,
    KeyConditionExpression: 'listKey = :list',
    ExpressionAttributeValues: { ':list': { S: paymentListKey(tenant) } },
  });
  return valuesIn(await slice(rows, () => true, page));
}

export async function readPayment(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  id: ObjectId,
): Promise<SubscriptionPayment | null> {
  const found = query(client, {
    TableName: table,
    IndexName: INDEX.lists,
    KeyConditionExpression: 'listKey = :list AND listSort = :id',
    ExpressionAttributeValues: { ':list': { S: paymentListKey(tenant) }, ':id': { S: id } },
  });
  for await (const row of found) return valueIn(row);
  return null;
}

/** The rows of a query within a page; the query stops once the page is full. */
async function slice(
  rows: AsyncIterable<Attributes>,
  isWanted: (row: Attributes) => boolean,
  { limit, offset }: Slice,
): Promise<Attributes[]> {
  const found: Attributes[] = [];
  for await (const row of rows) {
    if (isWanted(row)) found.push(row);
    if (found.length >= offset + limit) break;
  }
  return found.slice(offset);
}
