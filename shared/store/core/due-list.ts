import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DueItem } from '#ledger/core/store.ts';
import { dueItemOf, INDEX } from './keys.ts';
import { query } from './query.ts';

/** What is due in some partitions of the `due` index until a time. */
export async function* readDue(
  client: DynamoDBClient,
  table: string,
  dueKeys: readonly string[],
  untilMs: number,
): AsyncGenerator<DueItem> {
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
      yield dueItemOf({ pk: found.pk?.S ?? '', sk: found.sk?.S ?? '' });
    }
  }
}
