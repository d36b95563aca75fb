import { faultyAcquirer } from '#acquirers/sandbox/faulty-acquirer.ts';
import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import type { Deadline } from '#ledger/core/deadline.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Acquirer } from '#ledger/payments/acquirer.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { boundedAcquirer } from './bounded-acquirer.ts';
import type { Memory } from './memory.ts';

/** The ledger as one merchant's request works with it. */
export function ledgerContext(
  runtime: Runtime,
  { vault, merchant, deadline }: { vault: Vault; merchant: Merchant; deadline: Deadline },
  work: UnitOfWork,
  memory: Pick<Memory, 'answers' | 'once'>,
): LedgerContext {
  const { faults, environment } = merchant;
  const reached = (acquirer: Acquirer) => {
    const isFaulty = faults !== undefined && environment === 'sandbox';
    return boundedAcquirer(isFaulty ? faultyAcquirer(acquirer, faults) : acquirer, deadline);
  };
  return {
    store: runtime.store,
    merchant,
    work,
    vault,
    answers: memory.answers,
    once: (act) => memory.once(act),
    requireAcquirer: runtime.requireAcquirer,
    acquirerOf: (service) => reached(runtime.acquirerOf(service, vault)),
    cardAcquirer: () => reached(runtime.cardAcquirer(merchant.environment, vault)),
    deadline,
    realNowMs: runtime.realNowMs,
    recoverAfterMs: runtime.settings.RECOVER_AFTER_SECONDS * 1000,
  };
}
