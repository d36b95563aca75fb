import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Vault } from '#crypto/vault.ts';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import type { LogFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { readSettings } from '#operation/runtime/settings.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { LocationStore } from '#store/access/location-store.ts';
import { TemplateStore } from '#store/access/template-store.ts';
import { ledgerStore } from '#store/ledger.ts';
import { Engine } from '../engine/engine.ts';
import { Bank } from './bank.ts';
import { dynamoEndpoint, simulatedClient } from './dynamo-endpoint.ts';
import { Faults } from './faults.ts';
import { Gateway } from './gateway.ts';
import { History } from './history.ts';
import type { Instance } from './instance.ts';
import { Lambdas } from './lambdas.ts';
import { PostOffice } from './post-office.ts';
import { Queue } from './queue.ts';
import { Random } from './random.ts';
import { Receivers } from './receivers.ts';
import { enter } from './sources.ts';
import { VirtualTime } from './virtual-time.ts';

/** When every run begins. */
const START_MS = Date.UTC(2030, 4, 15, 9, 58, 0);

const SETTINGS = readSettings({
  LEDGER_TABLE: 'ledger',
  ACCESS_TABLE: 'access',
  NOTIFICATION_RETRY_SECONDS: '30,60,120,300,300,300,300,300,300,300,300,300',
});

/** After so long a terminal has decided. */
export const DEVICE_SECONDS = 10;

/** What an operator works with. */
export interface Tools {
  runtime: Runtime;
  client: DynamoDBClient;
}

/** Everything that one run consists of, made of its seed alone. */
export class World {
  readonly time = new VirtualTime(START_MS);
  readonly history = new History(() => this.time.nowMs);
  readonly random: Random;
  /** How long everything takes, and whatever else is neither a fault nor a client's wish. */
  readonly latency: Random;
  readonly faults: Faults;
  readonly engine: Engine;
  readonly bank = new Bank(this);
  readonly receivers = new Receivers(this);
  readonly postOffice = new PostOffice(this);
  readonly lambdas: Lambdas;
  readonly gateway = new Gateway(this);
  readonly queues: ReadonlyMap<string, Queue>;
  /** What must never happen and did. */
  readonly findings: string[] = [];
  /** What functions have logged, at every level. */
  readonly logged: LogFields[] = [];
  /** The same for all instances: a key file, as it were. */
  readonly #dataKey: Buffer;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.latency = this.random.stream('latency');
    this.faults = new Faults(this.random.stream('faults'));
    this.#dataKey = this.random.stream('key').bytes(32);
    enter(this.time, this.random.stream('code'));
    this.engine = new Engine({
      nowMs: () => this.time.nowMs,
      lagMs: () => this.#lagMs(),
      holdMs: () => this.latency.between(0.2, this.latency.chance(0.02) ? 400 : 3),
      pageItems: () => (this.faults.isOn ? this.latency.int(3, 60) : 1000),
      wait: (ms) => this.time.wait(ms),
    });
    this.lambdas = new Lambdas(this, (instance) => this.#runtimeOf(instance));
    this.queues = new Map(
      functionsOf(catalog, 'job').map((job) => [job.declaration.queue, new Queue(this, job)]),
    );
  }

  /** Keeps a finding; the run goes on, so that its history is whole. */
  fail(finding: string): void {
    this.history.add('FINDING', finding);
    this.findings.push(finding);
  }

  /** How an instance reaches the tables. */
  clientOf(instance: Instance): DynamoDBClient {
    return simulatedClient(dynamoEndpoint(this, this.engine, instance));
  }

  #lagMs(): number {
    const usual = this.latency.between(5, 120);
    return this.faults.happens('index_lag') ? this.latency.between(500, 8000) : usual;
  }

  #runtimeOf(instance: Instance): Runtime {
    const client = this.clientOf(instance);
    const keys = {
      wrap: async (key: Uint8Array) => Buffer.from(key).toString('base64'),
      unwrap: async () => this.#dataKey,
    };
    const acquirerOf = (vault: Vault) => this.bank.reachedBy(instance, vault);
    return {
      settings: SETTINGS,
      log: (level, event, fields) => {
        this.logged.push(fields);
        if (level !== 'error' && level !== 'warn') return;
        const { error = '', stack = '' } = fields;
        this.history.add(instance.name, `${event} ${error} ${stack.split('\n')[0]?.trim() ?? ''}`);
      },
      access: new AccessStore(client, 'access', keys),
      templates: new TemplateStore(client, 'access'),
      locations: new LocationStore(client, 'access'),
      store: ledgerStore(client, 'ledger'),
      requireAcquirer: () => {},
      acquirerOf: (_service, vault) => acquirerOf(vault),
      cardAcquirer: (_environment, vault) => acquirerOf(vault),
      publish: async (refs, delaySeconds) => {
        for (const ref of refs) {
          const queue = ref.isSlow === true ? 'slow-notifications' : 'notifications';
          await this.#queue(queue).publishedBy(instance)([ref], delaySeconds);
        }
      },
      publishPushConfirmations: this.#queue('push-confirmations').publishedBy(instance),
      announce: async (announcements) => {
        for (const { queue, message } of announcements) {
          const delaySeconds = queue === 'device-payments' ? DEVICE_SECONDS : 0;
          await this.#queue(queue).publishedBy(instance)([message], delaySeconds);
        }
      },
      send: this.postOffice.sendFrom(instance),
      post: (url, body, options) => this.receivers.post(instance, url, body, options),
      realNowMs: Date.now,
      guard: null,
    };
  }

  #queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`There is no queue ${name}`);
    return queue;
  }
}
