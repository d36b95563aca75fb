import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  TransactionConflictException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DueItem, DueKind, DueWork } from '#ledger/core/store.ts';
import { type Attributes, keyOf } from './items.ts';
import { INDEX, type Key, partsOf } from './keys.ts';
import { query } from './query.ts';

/**
 * When the earliest piece of work in a partition of the `due` index is due, after one time and
 * until another; null if there is none.
 */
export async function readFirstDue(
  client: DynamoDBClient,
  TableName: string,
  dueKey: string,
  { afterMs, untilMs }: { afterMs: number; untilMs: number },
): Promise<string | null> {
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      IndexName: INDEX.due,
      Limit: 1,
      KeyConditionExpression: 'dueKey = :key AND dueAt BETWEEN :after AND :until',
      ExpressionAttributeValues: {
        ':key': { S: dueKey },
        ':after': { S: new Date(afterMs + 1).toISOString() },
        ':until': { S: new Date(untilMs).toISOString() },
      },
    }),
  );
  return Items?.[0]?.dueAt?.S ?? null;
}

/**
 * Claims an item by moving its due time, if it is due by a given time. Returns the item, or
 * undefined when another run has claimed it.
 */
export async function moveDue(
  client: DynamoDBClient,
  table: string,
  key: Key,
  { dueMs, untilMs }: { dueMs: number; untilMs: number },
): Promise<Attributes | undefined> {
  const update = new UpdateItemCommand({
    TableName: table,
    Key: keyOf(key),
    UpdateExpression: 'SET dueAt = :until',
    ConditionExpression: 'dueAt <= :due',
    ExpressionAttributeValues: {
      ':due': { S: new Date(dueMs).toISOString() },
      ':until': { S: new Date(untilMs).toISOString() },
    },
    ReturnValues: 'ALL_NEW',
  });
  try {
    return (await client.send(update)).Attributes;
  } catch (error) {
    // Moved by another run, or being written by whoever does the work at this moment.
    const isTaken =
      error instanceof ConditionalCheckFailedException ||
      error instanceof TransactionConflictException;
    if (isTaken) return undefined;
    throw error;
  }
}

/**
 * Takes a claim back whose item could not be queued: it is due when it was before, unless anybody
 * has moved it since. What fails is left as it is claimed.
 */
export async function returnDue(
  client: DynamoDBClient,
  table: string,
  key: Key,
  { dueMs, untilMs }: { dueMs: number; untilMs: number },
): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: table,
    Key: keyOf(key),
    UpdateExpression: 'SET dueAt = :due',
    ConditionExpression: 'dueAt = :until',
    ExpressionAttributeValues: {
      ':due': { S: new Date(dueMs).toISOString() },
      ':until': { S: new Date(untilMs).toISOString() },
    },
  });
  await client.send(update).catch(() => {});
}

/** What is due in some partitions of the `due` index until a time. */
export async function* readDue<K extends DueKind>(
  client: DynamoDBClient,
  table: string,
  { dueKeys, untilMs }: { dueKeys: readonly string[]; untilMs: number },
  workOf: (key: Key) => DueWork[K],
): AsyncGenerator<DueItem<K>> {
  for (const dueKey of dueKeys) {
    const items = query(client, {
      TableName: table,
      IndexName: INDEX.due,
      KeyConditionExpression: 'dueKey = :key AND dueAt <= :until',
      ExpressionAttributeValues: {
        ':key': { S: dueKey },
        ':until': { S: new Date(untilMs).toISOString() },
      },
    });
    for await (const found of items) {
      const key = { pk: found.pk?.S ?? '', sk: found.sk?.S ?? '' };
      yield { tenant: partsOf(key).tenant, ...workOf(key) };
    }
  }
}
