import { sandboxAcquirer } from '#acquirers/sandbox/sandbox-acquirer.ts';
import type { Vault } from '#crypto/vault.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Environment, Service } from '#ledger/core/merchant.ts';
import type { Acquirer } from '#ledger/payments/acquirer.ts';
import type { Guard } from './guard.ts';
import type { Settings } from './settings.ts';

/** Who moves the money of services and keeps the cards of environments. */
export interface Acquirers {
  /**
   * Asks no acquirer, so that a function need not declare any.
   * @throws LedgerError `acquirer_not_configured`
   */
  requireAcquirer(service: Service): void;
  /** @throws LedgerError `acquirer_not_configured` */
  acquirerOf(service: Service, vault: Vault): Acquirer;
  /**
   * The acquirer that keeps card numbers of an environment.
   * @throws LedgerError `acquirer_not_configured`
   */
  cardAcquirer(environment: Environment, vault: Vault): Acquirer;
}

/** The acquirers there are, made on first use by functions that declare that they ask them. */
export function acquirers(settings: Settings, guard: Guard | null): Acquirers {
  let sandbox: Acquirer | null = null;
  const sandboxOf = (vault: Vault) => {
    guard?.check('acquirer:Ask', 'acquirer');
    sandbox ??= sandboxAcquirer({
      digest: (purpose, value) => vault.digest(purpose, value),
      unknownCard: settings.SANDBOX_UNKNOWN_CARD,
      latencyMs: settings.SANDBOX_LATENCY_MS,
      deviceMs: settings.SANDBOX_DEVICE_SECONDS * 1000,
    });
    return sandbox;
  };
  const requireAcquirer = ({ acquirer, uuid }: Service) => {
    if (acquirer !== 'sandbox') throw new LedgerError('acquirer_not_configured', uuid);
  };
  return {
    requireAcquirer,
    acquirerOf(service, vault) {
      requireAcquirer(service);
      return sandboxOf(vault);
    },
    cardAcquirer(environment, vault) {
      if (environment !== 'sandbox') throw new LedgerError('acquirer_not_configured');
      return sandboxOf(vault);
    },
  };
}
