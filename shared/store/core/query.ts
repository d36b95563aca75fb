import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Attributes, keyOf, valueIn } from './items.ts';
import type { Key } from './keys.ts';

/** The items of a query, page by page as they are asked for. */
export async function* query(
  client: DynamoDBClient,
  input: QueryCommandInput,
): AsyncGenerator<Attributes> {
  let next: Attributes | undefined;
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({ ...input, ExclusiveStartKey: next }),
    );
    yield* page.Items ?? [];
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
}

/** The value of one item, read consistently, or null when there is none. */
export async function readValue<T>(
  client: DynamoDBClient,
  TableName: string,
  key: Key,
): Promise<T | null> {
  const command = new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true });
  return valueIn<T>((await client.send(command)).Item);
}

/** All items of a partition, read consistently, by their sort keys. */
export function readPartition(
  client: DynamoDBClient,
  TableName: string,
  partition: string,
): Promise<Attributes[]> {
  return Array.fromAsync(
    query(client, {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partition } },
      ConsistentRead: true,
    }),
  );
}
