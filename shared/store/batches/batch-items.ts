import {
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Batch, BatchRow, ChunkProgress } from '#ledger/batches/batch.ts';
import type { ChunkKey } from '#ledger/batches/batch-store.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { dueAttributes } from '#store/core/due.ts';
import { type Attributes, item, valuesIn } from '#store/core/items.ts';
import { INDEX, type Key, partsOf, prefix } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';
import { putVersion } from '#store/core/writes.ts';

const batchKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#BATCH#${uuid}`,
  sk: 'BATCH',
});

/** Sorts by number. */
const rowsKey = (tenant: Tenant, { batch, number }: ChunkKey): Key => ({
  pk: batchKey(tenant, batch).pk,
  sk: `ROWS#${String(number).padStart(6, '0')}`,
});

const PROGRESS = 'PROGRESS#';

const progressKey = (tenant: Tenant, { batch, number }: ChunkKey): Key => ({
  pk: batchKey(tenant, batch).pk,
  sk: `${PROGRESS}${String(number).padStart(6, '0')}`,
});

const runningKey = (tenant: Tenant): Key => ({ pk: `${prefix(tenant)}#BATCHES`, sk: 'RUNNING' });

const fileKey = (tenant: Tenant, digest: string): Key => ({
  pk: `${prefix(tenant)}#RECEIVED_FILE#${digest}`,
  sk: 'RECEIVED_FILE',
});

/** The partition of the `lists` index that holds a merchant's files. */
const listKey = (tenant: Tenant): string => `${prefix(tenant)}#BATCHES`;

function batchItem(tenant: Tenant, { batch, due, testClock }: ChangeOf<'batch'>): Attributes {
  const { uuid, version, receivedAt } = batch;
  return item(batchKey(tenant, uuid), batch, {
    version: { N: String(version) },
    listKey: { S: listKey(tenant) },
    listSort: { S: `${receivedAt}#${uuid}` },
    ...dueAttributes(tenant, due === null ? null : { ...due, uuid, testClock }),
  });
}

/** Results repeat themselves, so they compress well. */
function progressItem(tenant: Tenant, progress: ChunkProgress): Attributes {
  return item(progressKey(tenant, progress), progress, {
    version: { N: String(progress.version) },
    expiresAt: { N: String(progress.keptUntil) },
  });
}

/** DynamoDB deletes expired items days late. */
function fileWrite(
  TableName: string,
  tenant: Tenant,
  { file, isDeliberate }: ChangeOf<'file_received'>,
): TransactWriteItem {
  const expiresAt = { N: String(file.expiresAt) };
  const Item = item(fileKey(tenant, file.digest), file, { expiresAt });
  if (isDeliberate) return { Put: { TableName, Item } };
  const nowSeconds = Math.floor(Date.parse(file.receivedAt) / 1000);
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: 'attribute_not_exists(pk) OR #expiresAt < :now',
      ExpressionAttributeNames: { '#expiresAt': 'expiresAt' },
      ExpressionAttributeValues: { ':now': { N: String(nowSeconds) } },
    },
  };
}

async function keepRows(
  client: DynamoDBClient,
  TableName: string,
  tenant: Tenant,
  chunk: ChunkKey & { rows: BatchRow[]; keptUntil: number },
): Promise<void> {
  const expiresAt = { N: String(chunk.keptUntil) };
  const Item = item(rowsKey(tenant, chunk), chunk.rows, { expiresAt });
  await client.send(new PutItemCommand({ TableName, Item }));
}

export const batches = {
  writes: {
    batch: (table, tenant, change) => [
      putVersion(table, batchItem(tenant, change), change.batch.version),
    ],
    batch_progress: (table, tenant, { progress }) => [
      putVersion(table, progressItem(tenant, progress), progress.version),
    ],
    running_batches: (table, tenant, { running }) => [
      putVersion(
        table,
        item(runningKey(tenant), running, { version: { N: String(running.version) } }),
        running.version,
      ),
    ],
    file_received: (table, tenant, change) => [fileWrite(table, tenant, change)],
  },
  places: {
    batch: batchKey,
    batchRows: rowsKey,
    batchProgress: progressKey,
    runningBatches: runningKey,
    receivedFile: fileKey,
  },
  due: {
    start_batch: (key) => ({ batch: partsOf(key).parts[1] ?? '' }),
    watch_batch: (key) => ({ batch: partsOf(key).parts[1] ?? '' }),
  },
  reads: (client, table) => ({
    keepBatchRows: (
      tenant: Tenant,
      chunk: ChunkKey & { rows: BatchRow[]; keptUntil: number },
    ): Promise<void> => keepRows(client, table, tenant, chunk),
    async batches(tenant: Tenant): Promise<Batch[]> {
      const items = query(client, {
        TableName: table,
        IndexName: INDEX.lists,
        ScanIndexForward: false,
        KeyConditionExpression: 'listKey = :list',
        ExpressionAttributeValues: { ':list': { S: listKey(tenant) } },
      });
      return valuesIn<Batch>(await Array.fromAsync(items));
    },
    async batchProgress(tenant: Tenant, batch: Uuid): Promise<ChunkProgress[]> {
      const items = query(client, {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :progress)',
        ExpressionAttributeValues: {
          ':pk': { S: batchKey(tenant, batch).pk },
          ':progress': { S: PROGRESS },
        },
      });
      return valuesIn<ChunkProgress>(await Array.fromAsync(items));
    },
  }),
} satisfies Aggregate;
