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

/** Reads that go out together. */
interface Gathered {
  keys: Map<string, Key>;
  found: Promise<Map<string, Attributes>>;
}

/** What each client is about to read, by freshness and table. */
const gathering = new WeakMap<DynamoDBClient, Map<string, Gathered>>();

/**
 * Items by their keys; those that do not exist are left out. Reads of the same turn of the event
 * loop go out in one call, so that parallel work shares its round trips.
 */
export async function batchGet(
  client: DynamoDBClient,
  table: string,
  keys: readonly Key[],
  freshness: Freshness = 'now',
): Promise<Map<string, Attributes>> {
  if (keys.length === 0) return new Map();
  const own = new Map(keys.map((key) => [nameOf(key), key]));
  const gathered = gatheredOf(client, table, freshness);
  for (const [name, key] of own) gathered.keys.set(name, key);
  const found = await gathered.found;
  return new Map([...found].filter(([name]) => own.has(name)));
}

/** The reads that go out when this turn is over. */
function gatheredOf(client: DynamoDBClient, table: string, freshness: Freshness): Gathered {
  const open = gathering.get(client) ?? new Map<string, Gathered>();
  gathering.set(client, open);
  const name = `${freshness} ${table}`;
  const known = open.get(name);
  if (known !== undefined) return known;
  const keys = new Map<string, Key>();
  const found = Promise.resolve().then(() => {
    open.delete(name);
    return getAll(client, table, [...keys.values()], freshness);
  });
  const gathered = { keys, found };
  open.set(name, gathered);
  return gathered;
}

async function getAll(
  client: DynamoDBClient,
  table: string,
  keys: readonly Key[],
  freshness: Freshness,
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
