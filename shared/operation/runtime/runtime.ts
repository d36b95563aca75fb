import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import { kmsWrapper } from '#crypto/kms-wrapper.ts';
import type { KeyWrapper } from '#crypto/vault.ts';
import type { postJson } from '#delivery/http-post.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { PushConfirmationRef } from '#ledger/core/unit-of-work.ts';
import type { Send } from '#messages/message.ts';
import { type Announce, announcer } from '#queues/announcements.ts';
import { notificationPublisher, type Publish } from '#queues/notifications.ts';
import { type Publish as PublishTo, publisher } from '#queues/publisher.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { LocationStore } from '#store/access/location-store.ts';
import { TemplateStore } from '#store/access/template-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';
import { type Acquirers, acquirers } from './acquirers.ts';
import type { Guard } from './guard.ts';
import { createLog, type Log } from './log.ts';
import { readSettings, type Settings } from './settings.ts';

/** What a function works with: clients, stores and acquirers. */
export interface Runtime extends Acquirers {
  settings: Settings;
  log: Log;
  access: AccessStore;
  templates: TemplateStore;
  locations: LocationStore;
  store: LedgerStore;
  publish: Publish;
  publishPushConfirmations: PublishTo<PushConfirmationRef>;
  announce: Announce;
  /** How notifications are posted instead of over the network, which only their job knows. */
  post?: typeof postJson;
  /** How messages to buyers are handed over instead of through AWS or into a mailbox. */
  send?: Send;
  realNowMs(): number;
  /** Null on AWS. */
  guard: Guard | null;
}

let instance: Runtime | null = null;
let find: () => Runtime | undefined = () => undefined;

/** The runtime of this function, made from the environment on first use. */
export function runtime(): Runtime {
  const found = find();
  if (found !== undefined) return found;
  instance ??= createRuntime(readSettings(process.env), null);
  return instance;
}

/** Lets a process that runs several functions say whose runtime is asked for from now on. */
export function runOn(instances: typeof find): void {
  find = instances;
  instance = null;
}

/** A value that each runtime has of its own, made on first use: functions share no caches. */
export function shared<T extends object>(make: (runtime: Runtime) => T): () => T {
  const made = new WeakMap<Runtime, T>();
  return () => {
    const own = runtime();
    const known = made.get(own) ?? make(own);
    made.set(own, known);
    return known;
  };
}

/** Makes the runtime of one function from its settings. */
export function createRuntime(settings: Settings, guard: Guard | null): Runtime {
  const client = dynamoClient(settings.DYNAMODB_ENDPOINT);
  guard?.watch(client);
  return {
    settings,
    guard,
    log: createLog(settings.LOG_LEVEL),
    access: new AccessStore(client, settings.ACCESS_TABLE, keyWrapper(settings, client, guard)),
    templates: new TemplateStore(client, settings.ACCESS_TABLE),
    locations: new LocationStore(client, settings.ACCESS_TABLE),
    store: ledgerStore(client, settings.LEDGER_TABLE),
    ...acquirers(settings, guard),
    publish: notificationPublisher(settings, guard),
    publishPushConfirmations: publisher(
      'push-confirmations',
      settings.PUSH_CONFIRMATIONS_QUEUE_URL,
      settings.SQS_ENDPOINT,
      guard,
    ),
    announce: announcer(settings, guard),
    realNowMs: () => Date.now(),
  };
}

/** Made on first use: a function without a key never needs it. */
function keyWrapper(settings: Settings, client: DynamoDBClient, guard: Guard | null): KeyWrapper {
  const make = (): KeyWrapper => {
    if (settings.KMS_KEY_ID !== undefined) return kmsWrapper(settings.KMS_KEY_ID, client.config);
    if (settings.LOCAL_KEY_FILE !== undefined) return fileWrapper(settings.LOCAL_KEY_FILE);
    throw new Error('Set KMS_KEY_ID or LOCAL_KEY_FILE');
  };
  return {
    async wrap(dataKey) {
      guard?.check('kms:Encrypt', 'key/data');
      return make().wrap(dataKey);
    },
    async unwrap(wrapped) {
      guard?.check('kms:Decrypt', 'key/data');
      return make().unwrap(wrapped);
    },
  };
}
