import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import { ON_TEST_CLOCKS } from '#ledger/core/test-clocks.ts';
import { dueKeys } from '#store/core/due.ts';
import { type Attributes, keyOf } from '#store/core/items.ts';
import { INDEX, type Key, prefix } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';

/**
 * Files a merchant's due work under its own clock, once it has one: the partitions that all
 * merchants share are worked on by the real time. The result is how many were moved.
 */
export async function fileUnderTestClock(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
): Promise<number> {
  let moved = 0;
  for (const kind of ON_TEST_CLOCKS) {
    const [own = ''] = dueKeys(kind, tenant);
    for (const dueKey of dueKeys(kind, 'shared')) {
      for await (const found of workOf(client, table, tenant, dueKey)) {
        const key = { pk: found.pk?.S ?? '', sk: found.sk?.S ?? '' };
        if (await move(client, table, key, dueKey, own)) moved += 1;
      }
    }
  }
  return moved;
}

function workOf(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  dueKey: string,
): AsyncGenerator<Attributes> {
  return query(client, {
    TableName: table,
    IndexName: INDEX.due,
    KeyConditionExpression: 'dueKey = :key',
    FilterExpression: 'begins_with(pk, :merchant)',
    ExpressionAttributeValues: {
      ':key': { S: dueKey },
      ':merchant': { S: `${prefix(tenant)}#` },
    },
  });
}

/** False when it was done or filed anew in the meantime. */
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
