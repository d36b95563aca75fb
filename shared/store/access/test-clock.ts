import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import { type Attributes, keyOf } from '#store/core/items.ts';
import { dueKeys, INDEX, type Key, orderKey, testClockDueKey } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';

/**
 * Files a merchant's open orders under its own clock, once it has one: the partitions that all
 * merchants share are worked on by the real time. The result is how many were moved.
 */
export async function fileUnderTestClock(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
): Promise<number> {
  let moved = 0;
  for (const dueKey of dueKeys('expire', 'shared')) {
    for await (const found of ordersOf(client, table, tenant, dueKey)) {
      const key = { pk: found.pk?.S ?? '', sk: found.sk?.S ?? '' };
      if (await move(client, table, key, dueKey, testClockDueKey('expire', tenant))) moved += 1;
    }
  }
  return moved;
}

function ordersOf(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  dueKey: string,
): AsyncGenerator<Attributes> {
  return query(client, {
    TableName: table,
    IndexName: INDEX.due,
    KeyConditionExpression: 'dueKey = :key',
    FilterExpression: 'begins_with(pk, :orders)',
    ExpressionAttributeValues: {
      ':key': { S: dueKey },
      ':orders': { S: orderKey(tenant, '').pk },
    },
  });
}

/** False when the order was paid or filed anew in the meantime. */
async function move(
  client: DynamoDBClient,
  table: string,
  key: Key,
  from: string,
  to: string,
): Promise<boolean> {
  const update = new UpdateItemCommand({
    TableName: table,
    Key: keyOf(key),
    UpdateExpression: 'SET dueKey = :to',
    ConditionExpression: 'dueKey = :from',
    ExpressionAttributeValues: { ':from': { S: from }, ':to': { S: to } },
  });
  try {
    await client.send(update);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
