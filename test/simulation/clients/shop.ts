import { currencyOf } from '#administration/currency.ts';
import { addDevice } from '#administration/devices.ts';
import { createAccount, issueToken } from '#administration/locations.ts';
import { addKey, addService, createMerchant } from '#administration/merchants.ts';
import { moveClock } from '#administration/test-clock.ts';
import { SCOPES } from '#faces/highlevel/scopes.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Tools } from '../world/world.ts';
import type { Guard } from './guard.ts';

/** What a merchant's people and programs know. */
export interface Shop {
  tenant: Tenant;
  apiKey: string;
  signature: string;
  services: readonly string[];
  /** Its only payment terminal. */
  device: string;
  location: string;
  token: string;
  /** Of an app that is installed at the location. */
  appToken: string;
  /** What became of the tries to delete each terminal, by their ids. */
  removals: Map<string, Removals>;
  /** How far its clock is ahead; null for a shop that lives in real time. */
  clockAheadMs: number | null;
  /** What it never takes; null for a shop that takes everything. */
  guard: Guard | null;
  /** The security lists that its tills have made. */
  lists: string[];
  /** When subscriptions were said to be cancelled, by their ids, where the shop lives in real time. */
  cancelledAtMs: Map<string, number>;
  /** Who may ask to be forgotten. */
  persons: string[];
}

/** How often it was tried to delete a terminal, refused because it was busy, and done. */
export interface Removals {
  tries: number;
  busy: number;
  doneAtMs: number | null;
}

const SERVICE_TYPES = ['REDSYS', 'PAYLANDS'] as const;

const APP = '65f0b217a05c774da7f1efa5';

/** Makes a merchant with all that it sells by, in real time or with a clock of its own. */
export async function openShop(tools: Tools, clockAheadMs: number | null): Promise<Shop> {
  const { access } = tools.runtime;
  const draft = { environment: 'sandbox', name: 'Shop', timeZone: 'Europe/Madrid' } as const;
  const { merchant, signature } = await createMerchant(access, draft);
  const tenant: Tenant = { merchant: merchant.merchant, environment: 'sandbox' };
  const services = await addServices(tools, tenant);
  const device = await addTerminal(tools, tenant, services[0] ?? '');
  const { apiKey } = await addKey(access, tenant, { profiles: ['all'], pci: true, label: 'shop' });
  if (clockAheadMs !== null) {
    const ledger = { access, client: tools.client, ledgerTable: 'ledger' };
    await moveClock(ledger, merchant, clockAheadMs);
  }
  const rights = await openLocation(tools, tenant);
  const maps = { cancelledAtMs: new Map(), removals: new Map() };
  const books = { guard: null, lists: [], persons: [], ...maps };
  return { tenant, apiKey, signature, services, device, ...rights, clockAheadMs, ...books };
}

async function addServices({ runtime }: Tools, tenant: Tenant): Promise<string[]> {
  const services: string[] = [];
  for (const type of SERVICE_TYPES) {
    const service = await addService(runtime.access, tenant, {
      type,
      currency: currencyOf('EUR'),
      acquirer: 'sandbox',
      terminal: null,
      partialCapture: true,
      phoneMethods: ['BIZUM'],
    });
    services.push(service.uuid);
  }
  return services;
}

async function addTerminal({ runtime }: Tools, tenant: Tenant, service: string): Promise<string> {
  const { access, store: ledger } = runtime;
  const device = await addDevice({ access, ledger }, tenant, {
    service,
    terminalId: 'T1',
    communication: 'SIMULATION',
  });
  return device.id;
}

async function openLocation({ runtime: { locations } }: Tools, tenant: Tenant) {
  const account = { ...tenant, type: 'location', company: null, name: 'Shop' } as const;
  const { id } = await createAccount(locations, account);
  const rights = { account: id, scopes: SCOPES, label: 'shop' };
  const { token } = await issueToken(locations, { ...rights, app: null });
  const { token: appToken } = await issueToken(locations, { ...rights, app: APP });
  return { location: id, token, appToken };
}
