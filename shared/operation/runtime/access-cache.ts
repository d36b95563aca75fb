import type { Environment } from '#ledger/core/merchant.ts';
import type { Caller } from '#operation/http/exchange.ts';
import type { AccessStore } from '#store/access/access-store.ts';
import { Remembered } from './remembered.ts';

/** A merchant with the rights of its API key. */
export interface KeyCaller extends Caller {
  profiles: readonly string[];
  pci: boolean;
}

/**
 * Remembers callers for some seconds, so that a request reads nothing to learn who sent it. A
 * revoked key, a new service and a moved clock are noticed when the seconds are over.
 */
export class AccessCache {
  readonly #store: AccessStore;
  readonly #callers: Remembered<KeyCaller>;

  constructor(store: AccessStore, keepSeconds: number) {
    this.#store = store;
    this.#callers = new Remembered(keepSeconds);
  }

  /** The caller that an API key stands for in an environment, or null. */
  find(apiKey: string, environment: Environment): Promise<KeyCaller | null> {
    return this.#callers.find(`${environment}#${apiKey}`, async () => {
      const key = await this.#store.findKey(apiKey);
      if (key === null || key.revokedAt !== null || key.environment !== environment) return null;
      const merchant = await this.#store.findMerchant(key);
      return merchant === null ? null : { merchant, profiles: key.profiles, pci: key.pci };
    });
  }
}
