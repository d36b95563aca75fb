import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import type { Order } from '#ledger/orders/order.ts';
import type { PaymentFacets, TransactionEntry } from '#ledger/orders/order-store.ts';
import type { Subscription } from '#ledger/subscriptions/subscription.ts';
import { type Attributes, keyOf, valueIn } from '#store/core/items.ts';
import { type Key, partsOf } from '#store/core/keys.ts';
import { readValue } from '#store/core/query.ts';
import { journalItem } from '#store/subscriptions/subscription-rows.ts';
import { upgradeSubscriptions } from '#store/subscriptions/upgrade.ts';
import { orderItem } from './order-items.ts';
import { transactionRow, wordRows } from './order-rows.ts';

/** Lists that had counters and rows of their own before items had a version. */
const LEFT_OVER =
  /#(ORDERS|PAYMENTS)$|#(ORDERS|PAYMENTS|TRANSACTIONS|SUBSCRIPTIONS)#(MONTHS|\d{4}-\d\d(-\d\d)?(T\d\d)?)$/;

/**
 * Writes what an earlier version has written so that the lists of today find it, and deletes the
 * counters and rows that nobody reads any more. It may be run again, and beside requests: whatever
 * is written meanwhile is left as it is. The result is how many items were written anew or deleted.
 */
export async function upgradeLedger(client: DynamoDBClient, table: string): Promise<number> {
  let count = 0;
  let next: Attributes | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        FilterExpression: 'attribute_not_exists(v)',
        ConsistentRead: true,
        ...(next === undefined ? {} : { ExclusiveStartKey: next }),
      }),
    );
    for (const one of page.Items ?? []) count += await upgraded(client, table, one);
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
  return count + (await upgradeSubscriptions(client, table));
}

async function upgraded(client: DynamoDBClient, table: string, old: Attributes): Promise<0 | 1> {
  const key = { pk: old.pk?.S ?? '', sk: old.sk?.S ?? '' };
  if (LEFT_OVER.test(key.pk)) return remove(client, table, key);
  const items = await itemsFor(client, table, key, old);
  const [item, ...facts] = items;
  if (item === undefined) return 0;
  for (const fact of facts) {
    await client.send(new PutItemCommand({ TableName: table, Item: fact }));
  }
  return replace(client, table, item);
}

/** The items that replace an old one: its successor first, then those it is split into. */
async function itemsFor(
  client: DynamoDBClient,
  table: string,
  key: Key,
  old: Attributes,
): Promise<Attributes[]> {
  const { tenant } = partsOf(key);
  if (key.sk === 'ORDER') {
    const order = valueIn<Order>(old);
    if (order === null) return [];
    const { dueKey, dueAt } = old;
    const due = dueKey === undefined || dueAt === undefined ? {} : { dueKey, dueAt };
    const change = { change: 'order', order, due: { kind: 'none' }, testClock: false } as const;
    return [{ ...orderItem(tenant, change), ...due }, ...wordRows(tenant, order)];
  }
  if (key.pk.endsWith('#TRANSACTIONS')) {
    const entry = valueIn<TransactionEntry>(old);
    if (entry === null) return [];
    const payments = { pk: key.pk.replace(/TRANSACTIONS$/, 'PAYMENTS'), sk: key.sk };
    const payment = await readValue<PaymentFacets>(client, table, payments);
    const [write] = transactionRow(table, tenant, { change: 'listed', entry, payment });
    return write?.Put?.Item === undefined ? [] : [write.Put.Item];
  }
  if (key.sk !== 'SUBSCRIPTION') return [];
  const subscription = valueIn<Subscription>(old);
  if (subscription === null) return [];
  const moves = [{ at: new Date().toISOString(), part: '' }];
  return [journalItem(tenant, subscription, moves)];
}

/** Does nothing when somebody has written it meanwhile. */
async function replace(client: DynamoDBClient, table: string, Item: Attributes): Promise<0 | 1> {
  const ConditionExpression = 'attribute_not_exists(v)';
  try {
    await client.send(new PutItemCommand({ TableName: table, Item, ConditionExpression }));
    return 1;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 0;
    throw error;
  }
}

async function remove(client: DynamoDBClient, table: string, key: Key): Promise<1> {
  await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(key) }));
  return 1;
}
