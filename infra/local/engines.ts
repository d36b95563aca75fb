import type { DataFolder, Engines } from './data-folder.ts';
import { prepareSdk } from './environment.ts';
import { startQueues } from './queues.ts';
import { startTables } from './tables.ts';

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
