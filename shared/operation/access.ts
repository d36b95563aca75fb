import type { Tenant } from '../ledger/merchant.ts';
import type { AccessStore, ApiKey } from '../store/access-store.ts';
import type { Caller } from './exchange.ts';

/** So many callers are remembered by one function instance. */
const MOST_CACHED = 1000;

/**
 * Remembers callers for some seconds, so that a request reads nothing to learn who sent it. A
 * revoked key, a new service and a moved clock are noticed when the seconds are over.
 */
export class AccessCache {
  readonly #store: AccessStore;
  readonly #keepMs: number;
  readonly #callers = new Map<string, { caller: Caller; untilMs: number }>();

  constructor(store: AccessStore, keepSeconds: number) {
    this.#store = store;
    this.#keepMs = keepSeconds * 1000;
  }

  /** The caller that an API key stands for in an environment, or null. */
  async find(apiKey: string, environment: Tenant['environment']): Promise<Caller | null> {
    const name = `${environment}#${apiKey}`;
    const cached = this.#callers.get(name);
    if (cached !== undefined && cached.untilMs > Date.now()) return cached.caller;
    this.#callers.delete(name);
    const key = await this.#store.findKey(apiKey);
    if (key === null || key.revokedAt !== null || key.environment !== environment) return null;
    const caller = await this.#callerOf(key);
    if (caller !== null) this.#remember(name, caller);
    return caller;
  }

  async #callerOf(key: ApiKey): Promise<Caller | null> {
    const merchant = await this.#store.findMerchant(key);
    return merchant === null ? null : { merchant, profiles: key.profiles, pci: key.pci };
  }

  #remember(name: string, caller: Caller): void {
    const [oldest] = this.#callers.keys();
    if (this.#callers.size >= MOST_CACHED && oldest !== undefined) this.#callers.delete(oldest);
    this.#callers.set(name, { caller, untilMs: Date.now() + this.#keepMs });
  }
}
