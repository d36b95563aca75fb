import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import { nameIn, tableName, wrappingKeyAlias } from '#infra/aws/names.ts';
import { type DataFolder, findRunning, openDataFolder } from '#infra/local/data-folder.ts';
import { prepareSdk, tableNames } from '#infra/local/environment.ts';
import { startTables } from '#infra/local/tables.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import type { Publish } from '#queues/notifications.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { LocationStore } from '#store/access/location-store.ts';
import { TemplateStore } from '#store/access/template-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';

/** The data that a command works on. */
export interface Target {
  access: AccessStore;
  locations: LocationStore;
  templates: TemplateStore;
  ledger: LedgerStore;
  client: DynamoDBClient;
  ledgerTable: string;
  accessTable: string;
  /** Does nothing when nobody reads the queue: the schedule will find what is due. */
  publish: Publish;
  /** What functions work with there, to do their work in this process. */
  runtime(): Promise<Runtime>;
}

export interface TargetOptions {
  /** A deployed stage; without it the local data. */
  stage?: string;
  dataDir: string;
}

/** Opens the data of a stage or of this machine; what it starts goes with the resources. */
export function openTarget(
  options: TargetOptions,
  resources: AsyncDisposableStack,
): Promise<Target> {
  if (options.stage !== undefined) return openStage(options.stage, resources);
  return openLocal(options.dataDir, resources);
}

async function openStage(stage: string, resources: AsyncDisposableStack): Promise<Target> {
  const client = dynamoClient(undefined);
  resources.defer(() => client.destroy());
  const ledgerTable = tableName(stage, 'ledger');
  const accessTable = tableName(stage, 'access');
  const { kmsWrapper } = await import('#crypto/kms-wrapper.ts');
  const wrapper = kmsWrapper(wrappingKeyAlias(stage), client.config);
  return {
    client,
    ledgerTable,
    accessTable,
    access: new AccessStore(client, accessTable, wrapper),
    locations: new LocationStore(client, accessTable),
    templates: new TemplateStore(client, accessTable),
    ledger: ledgerStore(client, ledgerTable),
    publish: async (refs) => {
      const { GetQueueUrlCommand, SQSClient } = await import('@aws-sdk/client-sqs');
      const { notificationPublisher } = await import('#queues/notifications.ts');
      const sqs = new SQSClient({});
      const QueueName = nameIn(stage, 'notifications');
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
      sqs.destroy();
      await notificationPublisher({ NOTIFICATIONS_QUEUE_URL: QueueUrl })(refs);
    },
    runtime: () =>
      runtimeOf({
        LEDGER_TABLE: ledgerTable,
        ACCESS_TABLE: accessTable,
        KMS_KEY_ID: wrappingKeyAlias(stage),
      }),
  };
}

async function openLocal(dataDir: string, resources: AsyncDisposableStack): Promise<Target> {
  prepareSdk(!process.env.DYNAMODB_ENDPOINT);
  const folder = openDataFolder(dataDir);
  const server = findRunning(folder);
  const endpoint = server?.engines?.dynamodb ?? (await startEngineOf(folder, resources));
  const client = dynamoClient(endpoint);
  resources.defer(() => client.destroy());
  const names = tableNames();
  return {
    client,
    ledgerTable: names.ledger,
    accessTable: names.access,
    access: new AccessStore(client, names.access, fileWrapper(folder.key)),
    locations: new LocationStore(client, names.access),
    templates: new TemplateStore(client, names.access),
    ledger: ledgerStore(client, names.ledger),
    publish: async (refs) => {
      const { notificationPublisher } = await import('#queues/notifications.ts');
      await notificationPublisher({
        NOTIFICATIONS_QUEUE_URL: server?.engines?.queues.notifications,
        SQS_ENDPOINT: server?.engines?.sqs,
      })(refs);
    },
    runtime: () =>
      runtimeOf({
        LEDGER_TABLE: names.ledger,
        ACCESS_TABLE: names.access,
        LOCAL_KEY_FILE: folder.key,
        DYNAMODB_ENDPOINT: endpoint,
        SQS_ENDPOINT: server?.engines?.sqs,
        NOTIFICATIONS_QUEUE_URL: server?.engines?.queues.notifications,
      }),
  };
}

/** What is not said is as in this process's environment; only what fails is logged. */
async function runtimeOf(settings: NodeJS.ProcessEnv): Promise<Runtime> {
  const { createRuntime } = await import('#operation/runtime/runtime.ts');
  const { readSettings } = await import('#operation/runtime/settings.ts');
  return createRuntime(readSettings({ ...process.env, LOG_LEVEL: 'error', ...settings }), null);
}

/**
 * Our own engine for as long as the command takes. It may share the file with another one: that
 * is safe, and lets commands run side by side.
 */
function startEngineOf(folder: DataFolder, resources: AsyncDisposableStack): Promise<string> {
  return startTables(folder, process.env.DYNAMODB_ENDPOINT || null, resources);
}
