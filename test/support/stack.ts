import { currencyOf } from '#administration/currency.ts';
import { addKey, addService, changeMerchant, createMerchant } from '#administration/merchants.ts';
import type { Environment, Tenant } from '#ledger/core/merchant.ts';
import { type Runtime, runtime } from '#operation/runtime/runtime.ts';
import { Client } from './client.ts';
import { startInMemory } from './in-memory.ts';

/** The whole function set on real engines, with the stores behind it. */
export interface Stack {
  url: string;
  runtime: Runtime;
  /** The demo merchant. */
  demo: Client;
  demoTenant: Tenant;
  /** A merchant of its own, with one service. */
  newMerchant(options?: MerchantOptions): Promise<{ client: Client; tenant: Tenant }>;
  /** A key of a merchant with only some profiles. */
  withProfiles(tenant: Tenant, client: Client, profiles: string[], pci?: boolean): Promise<Client>;
  stop(): Promise<void>;
}

export interface MerchantOptions {
  environment?: Environment;
  testClock?: boolean;
  partialCapture?: boolean;
  /** Of its service; `REDSYS` by default. */
  type?: string;
}

export interface StackOptions {
  /** Settings of the functions. */
  settings?: Record<string, string>;
  /**
   * Whether functions remember merchants and keys once read, as they do when they are deployed: for
   * files that change none, half of whose reads these would be. By default they read anew.
   */
  remembers?: boolean;
  dynamodbEndpoint?: string;
  /** By default schedules run once, at the start. */
  scheduleSeconds?: number;
}

/** Starts the stack without any data; once per test file, whose environment it sets. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const settings = {
    LOG_LEVEL: 'silent',
    ACCESS_CACHE_SECONDS: options.remembers === true ? '86400' : '0',
    SANDBOX_DEVICE_SECONDS: '0',
    ...options.settings,
  };
  Object.assign(process.env, settings);
  const { dynamodbEndpoint = null, scheduleSeconds = 86_400 } = options;
  const local = await startInMemory({ dynamodbEndpoint, scheduleSeconds });
  const demo = new Client(local.demo.paylands);
  const [merchant] = await runtime().access.merchants();
  if (merchant === undefined) throw new Error('There is no demo merchant');
  return {
    url: local.url,
    runtime: runtime(),
    demo,
    demoTenant: { merchant: merchant.merchant, environment: 'sandbox' },
    newMerchant: (wanted = {}) => newMerchant(local.url, wanted),
    async withProfiles(tenant, client, profiles, pci = true) {
      const draft = { profiles, pci, label: 'test' };
      const { apiKey } = await addKey(runtime().access, tenant, draft);
      return new Client({ ...client.credentials, apiKey });
    },
    stop: () => local.stop(),
  };
}

async function newMerchant(url: string, options: MerchantOptions) {
  const { environment = 'sandbox', testClock = false, type = 'REDSYS' } = options;
  const { access } = runtime();
  const draft = { environment, name: 'Test', timeZone: 'Europe/Madrid' };
  const { merchant, signature } = await createMerchant(access, draft);
  const tenant: Tenant = { merchant: merchant.merchant, environment };
  await changeMerchant(access, tenant, () => ({ testClock }));
  const service = await addService(access, tenant, {
    type,
    currency: currencyOf('EUR'),
    acquirer: environment === 'sandbox' ? 'sandbox' : 'paylands',
    terminal: null,
    partialCapture: options.partialCapture ?? true,
  });
  const { apiKey } = await addKey(access, tenant, { profiles: ['all'], pci: true, label: 'test' });
  const client = new Client({
    baseUrl: `${url}/v1${environment === 'sandbox' ? '/sandbox' : ''}`,
    apiKey,
    signature,
    services: { [type.toLowerCase()]: service.uuid },
  });
  return { client, tenant };
}
