import { currencyOf } from '#administration/currency.ts';
import { addDevice } from '#administration/devices.ts';
import type { HighLevelTarget } from '#administration/import-subscriptions.ts';
import type { LedgerTarget } from '#administration/in-ledger.ts';
import { addKey, addService, createMerchant } from '#administration/merchants.ts';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import type { Merchant, Tenant } from '#ledger/core/merchant.ts';
import type { Device } from '#ledger/devices/device.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { LocationStore } from '#store/access/location-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';
import type { DataFolder, Engines } from './data-folder.ts';
import { type HighLevelDemo, prepareHighLevelDemo } from './demo-highlevel.ts';
import { tableNames } from './environment.ts';

/** What `demo.json` says: all that a client needs for the demo merchant. */
export interface Demo {
  url: string;
  paylands: {
    baseUrl: string;
    apiKey: string;
    signature: string;
    /** Uuids of the services by their type, in lower case. */
    services: Record<string, string>;
    /** Ids of the payment terminals by how they are reached, in lower case. */
    devices: Record<string, string>;
  };
  highlevel: HighLevelDemo;
}

/** Fixed, so that every start finds the same merchant. */
export const DEMO: Tenant = {
  merchant: '6D0C3A52-9E41-8B7F-A5D2-3C18E0947B6A',
  environment: 'sandbox',
};

const SERVICE_TYPES = ['PAYLANDS', 'REDSYS', 'CREDORAX', 'CASHFLOWS', 'CLEARHAUS', 'SIBS'];

/** The service with more than one way to send money to somebody. */
const WITH_PAYOUT_METHODS = 'SIBS';

/** Finds the demo merchant with its credentials, creating what is missing. */
export async function prepareDemo(
  folder: DataFolder,
  engines: Engines,
  url: string,
): Promise<Demo> {
  const client = dynamoClient(engines.dynamodb);
  const names = tableNames();
  const access = new AccessStore(client, names.access, fileWrapper(folder.key));
  await openVault(access, folder);
  const locations = new LocationStore(client, names.access);
  const demo = await demoOf({ access, locations, ledger: ledgerStore(client, names.ledger) }, url);
  client.destroy();
  return demo;
}

/** The demo merchant with its credentials, wherever the tables are; what is missing is created. */
export async function demoOf(
  target: HighLevelTarget & { access: AccessStore },
  url: string,
): Promise<Demo> {
  const { access } = target;
  await createMissing(access);
  const merchant = await access.findMerchant(DEMO);
  if (merchant === null) throw new Error('The demo merchant was not created');
  const apiKey = await demoKey(access);
  const highlevel = await prepareHighLevelDemo(target, DEMO, url);
  const devices = { simulation: (await demoDevice(target, merchant)).id };
  const services = merchant.services.map((one) => [one.type.toLowerCase(), one.uuid]);
  return {
    url,
    paylands: {
      baseUrl: `${url}/v1/sandbox`,
      apiKey,
      signature: merchant.signature,
      services: Object.fromEntries(services),
      devices,
    },
    highlevel,
  };
}

async function openVault(access: AccessStore, folder: DataFolder): Promise<void> {
  await access.createVault();
  await access.vault().catch(() => {
    throw new Error(
      `${folder.key} is not the key that the data was written with: ` +
        'put the right one back or set DATA_DIR to another folder',
    );
  });
}

async function createMissing(access: AccessStore): Promise<void> {
  const known = await access.storedMerchant(DEMO);
  if (known === null) {
    const draft = { name: 'Demo', timeZone: 'Europe/Madrid' };
    await createMerchant(access, {
      ...draft,
      environment: DEMO.environment,
      uuid: DEMO.merchant,
    });
  }
  const types = new Set(known?.services.map((service) => service.type));
  for (const type of SERVICE_TYPES.filter((one) => !types.has(one))) {
    await addService(access, DEMO, {
      type,
      currency: currencyOf('EUR'),
      acquirer: 'sandbox',
      terminal: null,
      partialCapture: true,
      ...(type === WITH_PAYOUT_METHODS ? { payoutMethods: ['CARD', 'BIZUM', 'TRANSFER'] } : {}),
    });
  }
}

/** Fixed like the merchant: a start that finds it leaves it as it is. */
const DEVICE = '6a0c3a529e418b7fa5d23c18';

function demoDevice(target: LedgerTarget, { services }: Merchant): Promise<Device> {
  const service = services.find(({ type }) => type === 'CREDORAX');
  if (service === undefined) throw new Error('The demo merchant has no service for a terminal');
  return addDevice(target, DEMO, {
    id: DEVICE,
    service: service.uuid,
    terminalId: 'PPESNA0001',
    communication: 'SIMULATION',
  });
}

/** Keys are stored as digests only; this one is derived, so that it can be shown at every start. */
async function demoKey(access: AccessStore): Promise<string> {
  const vault = await access.vault();
  const apiKey = vault.digest('demo API key', DEMO.merchant).slice(0, 32);
  if ((await access.findKey(apiKey)) === null) {
    await addKey(access, DEMO, { profiles: ['all'], pci: true, label: 'demo' }, apiKey);
  }
  return apiKey;
}
