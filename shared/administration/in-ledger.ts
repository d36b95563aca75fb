import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerContext, SecretKeeper } from '#ledger/core/context.ts';
import { deadlineIn } from '#ledger/core/deadline.ts';
import { LedgerError, LostRace } from '#ledger/core/errors.ts';
import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
import { type Merchant, nowOf, type Tenant } from '#ledger/core/merchant.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Acquirer } from '#ledger/payments/acquirer.ts';
import type { AccessStore } from '#store/access/access-store.ts';

/** Where the administration finds merchants and their data. */
export interface LedgerTarget {
  access: Pick<AccessStore, 'findMerchant' | 'vault'>;
  ledger: LedgerStore;
}

const MAX_TRIES = 5;
const WORK_MS = 30_000;

/**
 * Does work of the ledger for a merchant that asks no acquirer, outside of a request: what it
 * stages is committed in one transaction, again from a fresh read when another write came first.
 * A notification that it stages is found and queued by the schedule.
 * @throws when there is no such merchant, and what the ledger throws
 */
export async function inLedger<T>(
  { access, ledger }: LedgerTarget,
  tenant: Tenant,
  run: (context: LedgerContext) => T | Promise<T>,
  attempt: Uuid | null = null,
): Promise<T> {
  const merchant = await access.findMerchant(tenant);
  if (merchant === null) throw new Error(`There is no merchant ${tenant.merchant}`);
  const vault = await access.vault();
  const own = attempt ?? mintUuid(nowOf(merchant, Date.now()));
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const identity = { attempt: own, again: tries > 1, key: null };
    const context = contextOf(ledger, merchant, vault, identity);
    try {
      const result = await run(context);
      await context.work.complete(context.realNowMs(), { status: 200, body: '' });
      return result;
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
      await sleep(Math.random() * 10 * tries);
    }
  }
  throw new LedgerError('write_conflict');
}

function contextOf(
  store: LedgerStore,
  merchant: Merchant,
  vault: SecretKeeper,
  identity: { attempt: Uuid; again: boolean; key: null },
): LedgerContext {
  const nowMs = Date.now();
  const deadline = deadlineIn(WORK_MS);
  const tenant = { merchant: merchant.merchant, environment: merchant.environment };
  return {
    store,
    merchant,
    work: new UnitOfWork(store, tenant, identity, deadline),
    deadline,
    vault,
    answers: new Map(),
    once: (act) => act(),
    requireAcquirer: () => {},
    acquirerOf: () => NO_ACQUIRER,
    cardAcquirer: () => NO_ACQUIRER,
    realNowMs: () => nowMs,
    recoverAfterMs: 0,
  };
}

const refuse = () => {
  throw new Error('The administration moves no money');
};

const NO_ACQUIRER: Acquirer = {
  perform: refuse,
  find: refuse,
  validate: refuse,
  authentication: refuse,
  securityCodeOf: refuse,
  openWallet: refuse,
  describe: refuse,
};
