import { isDeepStrictEqual } from 'node:util';
import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type IndexDefinition, TABLES } from '#infra/resources.ts';
import type { Attributes } from '#store/core/items.ts';

/** An item in the JSON of a request, where bytes are Base64. */
type Item = Attributes;

interface Write {
  TableName?: string;
  Item?: Item;
  Key?: Item;
  UpdateExpression?: string;
}

/** What a request writes, and whether it is a transaction. */
export interface Written {
  isTransaction: boolean;
  writes: { kind: string; write: Write }[];
}

/** The writes of a request to DynamoDB. */
export function writtenBy(operation: string, body: string): Written {
  const request = JSON.parse(body);
  if (operation === 'TransactWriteItems') {
    const items: Record<string, Write>[] = request.TransactItems;
    const writes = items.flatMap((one) =>
      Object.entries(one).map(([kind, write]) => ({ kind, write })),
    );
    return { isTransaction: true, writes };
  }
  const kind = /^(Put|Update|Delete)Item$/.exec(operation)?.[1];
  return { isTransaction: false, writes: kind === undefined ? [] : [{ kind, write: request }] };
}

/** The items that a request is about, as they are. */
export async function imagesOf(
  client: DynamoDBClient,
  { writes }: Written,
): Promise<(Item | null)[]> {
  return Promise.all(
    writes.map(async ({ write: { TableName = '', Item, Key = keyOf(Item) } }) => {
      const RequestItems = { [TableName]: { Keys: [Key], ConsistentRead: true } };
      const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems }));
      return Responses?.[TableName]?.[0] ?? null;
    }),
  );
}

/**
 * The write units of a request by AWS's rules: a unit for each KB begun of the larger image, twice
 * in a transaction; and for each index whose entry changes a unit per KB, two when its key does.
 */
export function unitsOf(
  { isTransaction, writes }: Written,
  before: readonly (Item | null)[],
  after: readonly (Item | null)[],
): number {
  return writes.reduce((sum, { write }, index) => {
    const [old = null, now = null] = [before[index], after[index]];
    const own = kilobytes(Math.max(sizeOf(old), sizeOf(now), 1)) * (isTransaction ? 2 : 1);
    const table = TABLES.find((one) => one.name === write.TableName);
    const indexes = (table?.indexes ?? []).map((one) => indexUnits(one, old, now));
    return sum + own + indexes.reduce((all, units) => all + units, 0);
  }, 0);
}

function indexUnits(index: IndexDefinition, old: Item | null, now: Item | null): number {
  const [was, is] = [entryOf(index, old), entryOf(index, now)];
  if (isDeepStrictEqual(was, is)) return 0;
  const isMoved = was !== null && is !== null && keyIn(index, was) !== keyIn(index, is);
  if (isMoved) return kilobytes(sizeOf(was)) + kilobytes(sizeOf(is));
  return kilobytes(Math.max(sizeOf(was), sizeOf(is)));
}

/** What an index holds of an item, or null when it is not in it. */
function entryOf({ partition, sort, projection }: IndexDefinition, item: Item | null): Item | null {
  if (item?.[partition] === undefined || item[sort] === undefined) return null;
  if (projection === 'ALL') return item;
  const names = ['pk', 'sk', partition, sort];
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

function keyIn({ partition, sort }: IndexDefinition, item: Item): string {
  return `${item[partition]?.S}\n${item[sort]?.S}`;
}

function keyOf(item: Item = {}): Item {
  const { pk, sk } = item;
  if (pk === undefined || sk === undefined) throw new Error('An item without a key');
  return { pk, sk };
}

const kilobytes = (bytes: number) => Math.ceil(bytes / 1024);

/** The size of an item as DynamoDB counts it: names and values. */
export function sizeOf(item: Item | null): number {
  return Object.entries(item ?? {}).reduce((sum, [name, { S, N, B }]) => {
    const value = S === undefined ? (B?.length ?? N?.length ?? 0) : Buffer.byteLength(S);
    return sum + name.length + value;
  }, 0);
}
