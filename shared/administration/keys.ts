import type { AccessStore, ApiKey, StoredMerchant } from '#store/access/access-store.ts';
import { tenantOf } from './find.ts';
import { addKey } from './merchants.ts';

/**
 * Replaces an API key by a new one with the same rights; the old one stays valid when it is kept.
 * @throws when there is no such key, or it is revoked
 */
export async function rotateKey(
  access: AccessStore,
  merchant: StoredMerchant,
  id: string,
  keepOld: boolean,
): Promise<{ apiKey: string; key: ApiKey }> {
  const old = await findKey(access, merchant, id);
  const { profiles, pci, label } = old.key;
  const created = await addKey(access, tenantOf(merchant), { profiles, pci, label });
  if (!keepOld) await end(access, old);
  return created;
}

/**
 * Ends the validity of an API key; functions notice within seconds.
 * @throws when there is no such key, or it is revoked
 */
export async function revokeKey(
  access: AccessStore,
  merchant: StoredMerchant,
  id: string,
): Promise<ApiKey> {
  return end(access, await findKey(access, merchant, id));
}

interface StoredKey {
  digest: string;
  key: ApiKey;
}

async function findKey(
  access: AccessStore,
  merchant: StoredMerchant,
  id: string,
): Promise<StoredKey> {
  const keys = await access.keysOf(tenantOf(merchant));
  const found = keys.find((one) => one.key.id === id.toLowerCase());
  if (found === undefined) throw new Error(`${merchant.name} has no key "${id}"`);
  if (found.key.revokedAt !== null) throw new Error(`The key ${found.key.id} is revoked already`);
  return found;
}

async function end(access: AccessStore, { digest, key }: StoredKey): Promise<ApiKey> {
  const revoked = { ...key, revokedAt: new Date().toISOString() };
  await access.putKey(digest, revoked);
  return revoked;
}
