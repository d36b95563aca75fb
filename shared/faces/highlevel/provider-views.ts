import type { Vault } from '#crypto/vault.ts';
import type { CustomProvider, Mode } from '#ledger/providers/custom-provider.ts';

/** The keys that an app gives for a mode. */
export interface ProviderKeys {
  apiKey: string;
  publishableKey: string;
}

export function encryptKeys(vault: Vault, keys: ProviderKeys): string {
  const { apiKey, publishableKey } = keys;
  return vault.encrypt(JSON.stringify({ apiKey, publishableKey }));
}

/**
 * Contract 5.18 to 5.21. The document calls the modes `paymentProvider`, live answers
 * `providerConfig`. Without a vault the keys are left out: answers of writes are kept for
 * repetitions, where no secret may be.
 */
export function providerView(provider: CustomProvider, vault: Vault | null) {
  const config = {
    live: modeView(provider, 'live', vault),
    test: modeView(provider, 'test', vault),
  };
  return {
    name: provider.name,
    description: provider.description,
    paymentsUrl: provider.paymentsUrl,
    queryUrl: provider.queryUrl,
    imageUrl: provider.imageUrl,
    _id: provider.id,
    locationId: provider.location,
    marketplaceAppId: provider.app,
    paymentProvider: config,
    providerConfig: config,
    deleted: false,
    createdAt: provider.createdAt,
    updatedAt: provider.updatedAt,
  };
}

function modeView({ keys }: CustomProvider, mode: Mode, vault: Vault | null) {
  const encrypted = keys[mode];
  const liveMode = mode === 'live';
  if (encrypted === null || vault === null) return { liveMode };
  const given: ProviderKeys = JSON.parse(vault.decrypt(encrypted));
  return { liveMode, ...given };
}
