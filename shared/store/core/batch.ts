import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { type Attributes, keyOf } from './items.ts';
import type { Key } from './keys.ts';

/** The most items that DynamoDB reads in one request. */
const MAX_KEYS = 100;

/** Whether an answer may lag behind by moments, at half the price. */
export type Freshness = 'now' | 'soon';

/** Items by their keys; those that do not exist are left out. */
export async function batchGet(
  client: DynamoDBClient,
  table: string,
  keys: readonly Key[],
  freshness: Freshness = 'now',
): Promise<Map<string, Attributes>> {
  const found = new Map<string, Attributes>();
  const chunks = Array.from({ length: Math.ceil(keys.length / MAX_KEYS) }, (_, index) =>
    keys.slice(index * MAX_KEYS, (index + 1) * MAX_KEYS),
  );
  await Promise.all(
    chunks.map((chunk) => getChunk(client, { table, keys: chunk, freshness }, found)),
  );
  return found;
}

async function getChunk(
  client: DynamoDBClient,
  { table, keys, freshness }: { table: string; keys: readonly Key[]; freshness: Freshness },
  found: Map<string, Attributes>,
): Promise<void> {
  let left: Attributes[] | undefined = keys.map(keyOf);
  while (left !== undefined && left.length > 0) {
    const page: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [table]: { Keys: left, ConsistentRead: freshness === 'now' } },
      }),
    );
    for (const one of page.Responses?.[table] ?? []) {
      found.set(nameOf({ pk: one.pk?.S ?? '', sk: one.sk?.S ?? '' }), one);
    }
    left = page.UnprocessedKeys?.[table]?.Keys;
  }
}

/** The name of an item in the result of a batch. */
export function nameOf(key: Key): string {
  return `${key.pk}\n${key.sk}`;
}
