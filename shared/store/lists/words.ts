import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import { wordsOf } from '#ledger/orders/order-lists.ts';
import type { Key } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';

/** How many words of its names an entry of a list is found by. */
const MAX_WORDS = 12;

/** The words by which an entry is found whose names are these. */
export function searchWordsOf(names: string): string[] {
  return wordsOf(names).slice(0, MAX_WORDS);
}

/** The row of an entry for a word; words with the same beginning are beside each other. */
export function wordRowKey(partition: string, word: string, id: ObjectId): Key {
  return { pk: `${partition}#${word.slice(0, 2)}`, sk: `${word}#${id}` };
}

/** Ids of the entries in whose names all words of a text begin words. */
export async function idsNamed(
  client: DynamoDBClient,
  table: string,
  partition: string,
  text: string,
): Promise<ObjectId[]> {
  const [first = new Set<ObjectId>(), ...others] = await Promise.all(
    wordsOf(text).map(async (word) => new Set(await idsWith(client, table, partition, word))),
  );
  return [...first].filter((one) => others.every((ids) => ids.has(one)));
}

async function idsWith(
  client: DynamoDBClient,
  table: string,
  partition: string,
  word: string,
): Promise<ObjectId[]> {
  const found = query(client, {
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :word)',
    ExpressionAttributeValues: {
      ':pk': { S: wordRowKey(partition, word, '').pk },
      ':word': { S: word },
    },
    ProjectionExpression: 'sk',
  });
  const ids: ObjectId[] = [];
  for await (const { sk } of found) ids.push(sk?.S?.split('#')[1] ?? '');
  return ids;
}
