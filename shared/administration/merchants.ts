import { randomBytes } from 'node:crypto';
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

/** Replaces the signature: requests with the old one are refused from then on. */
export async function rotateSignature(access: AccessStore, tenant: Tenant): Promise<string> {
  const signature = newSecret();
  const vault = await access.vault();
  await changeMerchant(access, tenant, () => ({ encryptedSignature: vault.encrypt(signature) }));
  return signature;
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
