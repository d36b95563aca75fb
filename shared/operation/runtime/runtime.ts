import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sandboxAcquirer } from '#acquirers/sandbox/sandbox-acquirer.ts';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import { kmsWrapper } from '#crypto/kms-wrapper.ts';
import type { KeyWrapper, Vault } from '#crypto/vault.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Environment, Service } from '#ledger/core/merchant.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { PushConfirmationRef } from '#ledger/core/unit-of-work.ts';
import type { Acquirer } from '#ledger/payments/acquirer.ts';
import { type Announce, announcer } from '#queues/announcements.ts';
import { notificationPublisher, type Publish } from '#queues/notifications.ts';
import { type Publish as PublishTo, publisher } from '#queues/publisher.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { LocationStore } from '#store/access/location-store.ts';
import { TemplateStore } from '#store/access/template-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';
import { createLog, type Log } from './log.ts';
import { readSettings, type Settings } from './settings.ts';

/** What the functions of one instance share: clients, stores and acquirers. */
export interface Runtime {
  settings: Settings;
  log: Log;
  access: AccessStore;
  templates: TemplateStore;
  locations: LocationStore;
  store: LedgerStore;
  /** @throws LedgerError `acquirer_not_configured` */
  acquirerOf(service: Service, vault: Vault): Acquirer;
  /** The acquirer that keeps card numbers of an environment. */
  cardAcquirer(environment: Environment, vault: Vault): Acquirer;
  publish: Publish;
  publishPushConfirmations: PublishTo<PushConfirmationRef>;
  announce: Announce;
  realNowMs(): number;
}

let instance: Runtime | null = null;

/** The runtime of this instance, made from the environment on first use. */
export function runtime(): Runtime {
  instance ??= createRuntime(readSettings(process.env));
  return instance;
}

function createRuntime(settings: Settings): Runtime {
  const client = dynamoClient(settings.DYNAMODB_ENDPOINT);
  let sandbox: Acquirer | null = null;
  const sandboxOf = (vault: Vault) => {
    sandbox ??= sandboxAcquirer({
      digest: (purpose, value) => vault.digest(purpose, value),
      unknownCard: settings.SANDBOX_UNKNOWN_CARD,
      latencyMs: settings.SANDBOX_LATENCY_MS,
    });
    return sandbox;
  };
  return {
    settings,
    log: createLog(settings.LOG_LEVEL),
    access: new AccessStore(client, settings.ACCESS_TABLE, keyWrapper(settings, client)),
    templates: new TemplateStore(client, settings.ACCESS_TABLE),
    locations: new LocationStore(client, settings.ACCESS_TABLE),
    store: ledgerStore(client, settings.LEDGER_TABLE),
    acquirerOf(service, vault) {
      if (service.acquirer === 'sandbox') return sandboxOf(vault);
      throw new LedgerError('acquirer_not_configured', service.uuid);
    },
    cardAcquirer(environment, vault) {
      if (environment === 'sandbox') return sandboxOf(vault);
      throw new LedgerError('acquirer_not_configured');
    },
    publish: notificationPublisher(settings),
    publishPushConfirmations: publisher(
      settings.PUSH_CONFIRMATIONS_QUEUE_URL,
      settings.SQS_ENDPOINT,
    ),
    announce: announcer(settings),
    realNowMs: Date.now,
  };
}

function keyWrapper(settings: Settings, client: DynamoDBClient): KeyWrapper {
  if (settings.KMS_KEY_ID !== undefined) return kmsWrapper(settings.KMS_KEY_ID, client.config);
  if (settings.LOCAL_KEY_FILE !== undefined) return fileWrapper(settings.LOCAL_KEY_FILE);
  throw new Error('Set KMS_KEY_ID or LOCAL_KEY_FILE');
}
