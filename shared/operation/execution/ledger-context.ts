import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

/** The ledger as one merchant's request works with it. */
export function ledgerContext(
  runtime: Runtime,
  vault: Vault,
  merchant: Merchant,
  work: UnitOfWork,
  answers: LedgerContext['answers'],
): LedgerContext {
  return {
    store: runtime.store,
    merchant,
    work,
    vault,
    answers,
    acquirerOf: (service) => runtime.acquirerOf(service, vault),
    cardAcquirer: () => runtime.cardAcquirer(merchant.environment, vault),
    realNowMs: runtime.realNowMs,
    recoverAfterMs: runtime.settings.RECOVER_AFTER_SECONDS * 1000,
  };
}
