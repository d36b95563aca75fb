import { randomUUID } from 'node:crypto';
import {
  BatchGetItemCommand,
  type DynamoDBClient,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { elapsed } from './stats.ts';

/**
 * What the engine itself can do: the transactions and reads of a flow (6 and 2), with as many items
 * of much the same size, through the same SDK and nothing else. Returns flows per second.
 */
export async function ceiling(
  client: DynamoDBClient,
  table: string,
  flows: number,
  workers: number,
): Promise<number> {
  const run = randomUUID();
  const ms = await elapsed(flows, workers, async (index) => {
    for (const [step, items] of TRANSACTIONS.entries()) {
      await transact(client, table, `${run}-${index}-${step}`, items);
      if (step === CARD_SAVED || step === CHARGED) await read(client, table, `${run}-${index}-0`);
    }
  });
  return (flows * 1000) / ms;
}

/** A list's counters of a row. */
const COUNTERS = [50, 50, 50];

/**
 * Bytes of the items that each transaction of a flow writes: create, save card, charge (intent,
 * outcome), refund (intent, outcome).
 */
const TRANSACTIONS = [
  [1100, 100, 100, 100, ...COUNTERS],
  [800, 100],
  [1900],
  [2000, 1400, ...COUNTERS, 800, 200, ...COUNTERS],
  [2300],
  [2400, 1400, ...COUNTERS],
];
const CARD_SAVED = 1;
const CHARGED = 3;

/** Writes items of so many bytes in one transaction. */
export async function transact(
  client: DynamoDBClient,
  table: string,
  key: string,
  items: readonly number[],
) {
  const TransactItems = items.map((bytes, index) => ({
    Put: {
      TableName: table,
      Item: { pk: { S: key }, sk: { S: String(index) }, data: { S: 'x'.repeat(bytes) } },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
  await client.send(new TransactWriteItemsCommand({ TransactItems }));
}

/** Reads two items of a transaction. */
export async function read(client: DynamoDBClient, table: string, key: string) {
  const Keys = ['0', '1'].map((sk) => ({ pk: { S: key }, sk: { S: sk } }));
  const RequestItems = { [table]: { Keys, ConsistentRead: true } };
  await client.send(new BatchGetItemCommand({ RequestItems }));
}
