import { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoClient } from '../../shared/store/client.ts';
import { QUEUES } from '../resources.ts';
import type { DataFolder, Engines } from './data-folder.ts';
import { startEngine } from './engine.ts';
import { prepareSdk, tableNames } from './environment.ts';
import { createQueue, startQueueEngine } from './queues.ts';
import { createTables } from './tables.ts';

/** Engines to use instead of our own. */
export interface OtherEngines {
  dynamodbEndpoint: string | null;
  sqsEndpoint: string | null;
}

/** Starts the engines that are not given, with the tables and queues that the functions need. */
export async function startEngines(
  folder: DataFolder,
  other: OtherEngines,
  resources: AsyncDisposableStack,
): Promise<Engines> {
  prepareSdk(other.dynamodbEndpoint === null && other.sqsEndpoint === null);
  const [dynamodb, { sqs, queues }] = await Promise.all([
    startTables(folder, other.dynamodbEndpoint, resources),
    startQueues(folder, other.sqsEndpoint, resources),
  ]);
  return { dynamodb, sqs, queues };
}

async function startTables(
  folder: DataFolder,
  given: string | null,
  resources: AsyncDisposableStack,
): Promise<string> {
  const endpoint = given ?? (await ownEndpoint(startEngine(folder.database), resources));
  const client = dynamoClient(endpoint);
  await createTables(client, tableNames());
  client.destroy();
  return endpoint;
}

async function startQueues(
  folder: DataFolder,
  given: string | null,
  resources: AsyncDisposableStack,
): Promise<Omit<Engines, 'dynamodb'>> {
  const endpoint = given ?? (await ownEndpoint(startQueueEngine(folder.queues), resources));
  const client = new SQSClient({ endpoint });
  const queues: Record<string, string> = {};
  for (const name of QUEUES) queues[name] = await createQueue(client, name);
  client.destroy();
  return { sqs: endpoint, queues };
}

async function ownEndpoint(
  starting: Promise<{ endpoint: string; stop(): Promise<void> }>,
  resources: AsyncDisposableStack,
): Promise<string> {
  const engine = await starting;
  resources.defer(() => engine.stop());
  return engine.endpoint;
}
