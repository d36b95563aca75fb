import type { LedgerContext } from '../../shared/ledger/context.ts';
import { LedgerError } from '../../shared/ledger/errors.ts';
import { mintUuid } from '../../shared/ledger/ids.ts';
import { nowOf, type Tenant } from '../../shared/ledger/merchant.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { UnitOfWork } from '../../shared/ledger/work.ts';
import type { AccessStore } from '../../shared/store/access-store.ts';

/** Where the administration finds merchants and their data. */
export interface LedgerTarget {
  access: Pick<AccessStore, 'findMerchant'>;
  ledger: LedgerStore;
}

/**
 * Does work of the ledger for a merchant that moves no money, and commits it in one transaction.
 * @throws when there is no such merchant, and what the ledger throws
 */
export async function inLedger<T>(
  { access, ledger: store }: LedgerTarget,
  tenant: Tenant,
  run: (context: LedgerContext) => Promise<T>,
): Promise<T> {
  const merchant = await access.findMerchant(tenant);
  if (merchant === null) throw new Error(`There is no merchant ${tenant.merchant}`);
  const nowMs = Date.now();
  const attempt = mintUuid(nowOf(merchant, nowMs));
  const { merchant: uuid, environment } = merchant;
  const key = { attempt, started: false, key: null };
  const work = new UnitOfWork(store, { merchant: uuid, environment }, key);
  const noAcquirer = () => {
    throw new LedgerError('acquirer_not_configured');
  };
  const result = await run({
    store,
    merchant,
    work,
    answers: new Map(),
    acquirerOf: noAcquirer,
    cardAcquirer: noAcquirer,
    realNowMs: () => nowMs,
    recoverAfterMs: 0,
  });
  await work.complete(nowMs, { status: 200, body: '' });
  return result;
}
