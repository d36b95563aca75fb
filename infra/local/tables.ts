import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { PRIMARY_KEY, TABLES, type TableDefinition } from '#infra/resources.ts';
import { dynamoClient } from '#store/core/client.ts';
import type { DataFolder } from './data-folder.ts';
import { startEngine } from './engine.ts';
import { tableNames } from './environment.ts';

/** In ms. A new table waits for the disk some ten times, which may be busy: nobody else waits yet. */
const PATIENT = { requestTimeout: 60_000, socketTimeout: 60_000, throwOnRequestTimeout: true };

/** Makes the tables ready in a given engine or in our own; the result is the engine's endpoint. */
export async function startTables(
  folder: DataFolder,
  given: string | null,
  resources: AsyncDisposableStack,
): Promise<string> {
  const endpoint = given ?? (await ownEngine(folder, resources));
  const client = dynamoClient(endpoint, { requestHandler: PATIENT });
  await createTables(client, tableNames());
  client.destroy();
  return endpoint;
}

async function ownEngine(folder: DataFolder, resources: AsyncDisposableStack): Promise<string> {
  const engine = await startEngine(folder.database);
  resources.defer(() => engine.stop());
  return engine.endpoint;
}

/** Creates the tables that do not exist yet, under the names they have here. */
export async function createTables(
  client: DynamoDBClient,
  names: Readonly<Record<TableDefinition['name'], string>>,
): Promise<void> {
  for (const table of TABLES) await createTable(client, table, names[table.name]);
}

async function createTable(
  client: DynamoDBClient,
  table: TableDefinition,
  name: string,
): Promise<void> {
  try {
    await client.send(new CreateTableCommand(tableInput(table, name)));
  } catch (error) {
    if (error instanceof ResourceInUseException) return addIndexes(client, table, name);
    throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName: name });
  if (table.expiry === null) return;
  const expiry = { AttributeName: table.expiry, Enabled: true };
  await client.send(
    new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: expiry }),
  );
}

/** Adds the indexes that a table of an earlier version does not have. */
async function addIndexes(
  client: DynamoDBClient,
  table: TableDefinition,
  TableName: string,
): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const known = (Table?.GlobalSecondaryIndexes ?? []).map((one) => one.IndexName);
  const { AttributeDefinitions, GlobalSecondaryIndexes = [] } = tableInput(table, TableName);
  for (const index of GlobalSecondaryIndexes.filter((one) => !known.includes(one.IndexName))) {
    const GlobalSecondaryIndexUpdates = [{ Create: index }];
    await client.send(
      new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates }),
    );
  }
}

function tableInput(table: TableDefinition, name: string): CreateTableCommandInput {
  const keys = [PRIMARY_KEY, ...table.indexes].flatMap((key) => [key.partition, key.sort]);
  const indexes = table.indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: index.projection },
  }));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    KeySchema: keySchema(PRIMARY_KEY),
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
  };
}

function keySchema(key: { partition: string; sort: string }) {
  return [
    { AttributeName: key.partition, KeyType: 'HASH' as const },
    { AttributeName: key.sort, KeyType: 'RANGE' as const },
  ];
}
