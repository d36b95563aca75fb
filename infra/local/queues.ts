import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { MAX_RECEIVE_COUNT, QUEUES } from '#infra/resources.ts';
import type { DataFolder, Engines } from './data-folder.ts';
import { freePort } from './free-port.ts';

/** A running SQS engine. */
export interface QueueEngine {
  endpoint: string;
  stop(): Promise<void>;
}

/** How long a message that was not deleted stays hidden: longer than a batch can take. */
const VISIBILITY_SECONDS = 90;

/** Makes the queues ready in a given engine or in our own. */
export async function startQueues(
  folder: DataFolder,
  given: string | null,
  resources: AsyncDisposableStack,
): Promise<Pick<Engines, 'sqs' | 'queues'>> {
  const endpoint = given ?? (await ownEngine(folder, resources));
  const client = new SQSClient({ endpoint });
  const queues: Record<string, string> = {};
  for (const name of QUEUES) queues[name] = await createQueue(client, name);
  client.destroy();
  return { sqs: endpoint, queues };
}

async function ownEngine(folder: DataFolder, resources: AsyncDisposableStack): Promise<string> {
  const engine = await startQueueEngine(folder.queues);
  resources.defer(() => engine.stop());
  return engine.endpoint;
}

/** Starts fauxqs in this process, on a data folder or in memory. */
export async function startQueueEngine(dataDir: string | null): Promise<QueueEngine> {
  const port = await freePort();
  const release = refuseStrangers(port);
  const server = await withoutWaitingForDisks(() =>
    startFauxqs({ port, logger: false, ...(dataDir === null ? {} : { dataDir }) }),
  );
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      await server.stop();
      release();
    },
  };
}

/**
 * Opens databases so that a write returns once the system has it. By default each of a message's
 * three writes waits for the disk, and this whole process with it: 10 ms a message. A process that
 * is killed loses nothing this way; what a power failure takes is found by the schedules.
 * @param open opens them before it first waits for anything
 */
function withoutWaitingForDisks<T>(open: () => T): T {
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    exec.call(this, sql);
    if (/journal_mode\s*=\s*wal/i.test(sql)) exec.call(this, 'PRAGMA synchronous = NORMAL');
  };
  try {
    return open();
  } finally {
    DatabaseSync.prototype.exec = exec;
  }
}

/** fauxqs listens on all interfaces and asks nobody who they are. */
function refuseStrangers(port: number): () => void {
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort === port && !isLoopback(socket.remoteAddress)) socket.destroy();
  };
  subscribe('net.server.socket', onSocket);
  return () => unsubscribe('net.server.socket', onSocket);
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}

/** Creates a queue and its dead-letter queue if they do not exist; the result is the URL. */
export async function createQueue(client: SQSClient, name: string): Promise<string> {
  const dead = await createPlainQueue(client, `${name}-dead`);
  const url = await createPlainQueue(client, name);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }),
  );
  const redrive = {
    deadLetterTargetArn: Attributes?.QueueArn,
    maxReceiveCount: String(MAX_RECEIVE_COUNT),
  };
  const attributes = {
    RedrivePolicy: JSON.stringify(redrive),
    VisibilityTimeout: String(VISIBILITY_SECONDS),
  };
  await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes }));
  return url;
}

async function createPlainQueue(client: SQSClient, name: string): Promise<string> {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name }));
  if (QueueUrl === undefined) throw new Error(`The queue ${name} was not created`);
  return QueueUrl;
}
