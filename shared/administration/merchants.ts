import { randomBytes } from 'node:crypto';
import type { Faults } from '#ledger/core/faults.ts';
import { mintObjectId, mintUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Environment, Service, Tenant } from '#ledger/core/merchant.ts';
import {
  type AccessStore,
  type ApiKey,
  digestOf,
  type StoredMerchant,
} from '#store/access/access-store.ts';

export interface MerchantDraft {
  uuid?: Uuid;
  environment: Environment;
  name: string;
  timeZone: string;
  /** ISO 3166 alpha-2. */
  country?: string;
}

/** Creates a merchant; its signature is never shown again. */
export async function createMerchant(
  access: AccessStore,
  draft: MerchantDraft,
): Promise<{ merchant: StoredMerchant; signature: string }> {
  const signature = newSecret();
  const vault = await access.vault();
  const merchant: StoredMerchant = {
    merchant: draft.uuid ?? mintUuid(Date.now()),
    environment: draft.environment,
    name: draft.name,
    timeZone: draft.timeZone,
    country: draft.country ?? 'ES',
    encryptedSignature: vault.encrypt(signature),
    clockOffsetMs: 0,
    testClock: false,
    services: [],
    version: 1,
    createdAt: new Date().toISOString(),
  };
  await access.putMerchant(merchant);
  return { merchant, signature };
}

/**
 * Creates a merchant whose name is its own.
 * @throws when there is one of that name, or the time zone is none
 */
export async function registerMerchant(
  access: AccessStore,
  draft: MerchantDraft,
): Promise<{ merchant: StoredMerchant; signature: string }> {
  const { name, timeZone } = draft;
  if (!isTimeZone(timeZone)) {
    throw new Error(`"${timeZone}" is not a time zone, like Europe/Madrid`);
  }
  const known = await access.merchants();
  if (known.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
    throw new Error(`There is a merchant "${name}" already`);
  }
  return createMerchant(access, draft);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Replaces the signature: requests with the old one are refused from then on. */
export async function rotateSignature(access: AccessStore, tenant: Tenant): Promise<string> {
  const signature = newSecret();
  const vault = await access.vault();
  await changeMerchant(access, tenant, () => ({ encryptedSignature: vault.encrypt(signature) }));
  return signature;
}

/**
 * Who moves the money of a service, if nobody says otherwise.
 * @throws for the sandbox in live: payments that only look real must not happen there
 */
export function acquirerOf(
  environment: Environment,
  wanted: Service['acquirer'] | undefined,
): Service['acquirer'] {
  if (environment === 'live' && wanted === 'sandbox') {
    throw new Error('A live merchant cannot use the sandbox acquirer');
  }
  return wanted ?? (environment === 'live' ? 'paylands' : 'sandbox');
}

/** Adds a payment service to a merchant. */
export async function addService(
  access: AccessStore,
  tenant: Tenant,
  draft: Omit<Service, 'uuid'>,
): Promise<Service> {
  const service = { uuid: mintUuid(Date.now()), ...draft };
  await changeMerchant(access, tenant, (merchant) => ({
    services: [...merchant.services, service],
  }));
  return service;
}

export type KeyDraft = Pick<ApiKey, 'profiles' | 'pci' | 'label'>;

/** Keeps an API key of a merchant: a new one that is never shown again, or a given one. */
export async function addKey(
  access: AccessStore,
  tenant: Tenant,
  draft: KeyDraft,
  apiKey: string = newSecret(),
): Promise<{ apiKey: string; key: ApiKey }> {
  const key: ApiKey = {
    id: mintObjectId(Date.now()),
    merchant: tenant.merchant,
    environment: tenant.environment,
    ...draft,
    createdAt: new Date().toISOString(),
    revokedAt: null,
  };
  await access.putKey(digestOf(apiKey), key);
  return { apiKey, key };
}

/**
 * Sets what is to go wrong with a sandbox merchant; without any fault nothing is.
 * @throws when the merchant is live
 */
export function setFaults(
  access: AccessStore,
  tenant: Tenant,
  faults: Faults,
): Promise<StoredMerchant> {
  if (tenant.environment === 'live') throw new Error('Faults on demand are for the sandbox');
  return changeMerchant(access, tenant, () => ({ faults }));
}

/**
 * Changes a merchant as it is stored.
 * @throws when there is no such merchant, or somebody else changed it at the same moment
 */
export async function changeMerchant(
  access: AccessStore,
  tenant: Tenant,
  change: (merchant: StoredMerchant) => Partial<StoredMerchant>,
): Promise<StoredMerchant> {
  const merchant = await access.storedMerchant(tenant);
  if (merchant === null) throw new Error(`There is no merchant ${tenant.merchant}`);
  const changed = { ...merchant, ...change(merchant), version: merchant.version + 1 };
  await access.putMerchant(changed).catch((error: Error) => {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
    throw new Error('The merchant was changed by somebody else at the same time: try again');
  });
  return changed;
}

/** 128 random bits, in the form that Paylands' keys and signatures have. */
function newSecret(): string {
  return randomBytes(16).toString('hex');
}
