import type { LedgerContext } from '../../shared/ledger/context.ts';
import { LedgerError, LostRace } from '../../shared/ledger/errors.ts';
import { mintUuid, type Uuid } from '../../shared/ledger/ids.ts';
import { nowOf, type Tenant } from '../../shared/ledger/merchant.ts';
import { UnitOfWork } from '../../shared/ledger/work.ts';
import { ledgerContext } from '../../shared/operation/ledger-context.ts';
import type { Runtime } from '../../shared/operation/runtime.ts';

const MOST_TRIES = 5;

/**
 * Does something with the ledger of a merchant, outside of a request: what it stages is committed,
 * again from a fresh read when another write came first.
 * @throws LedgerError of what was done, write_conflict when it never got its turn
 */
export async function perform<T>(
  runtime: Runtime,
  tenant: Tenant,
  handle: (context: LedgerContext) => T | Promise<T>,
  attempt: Uuid | null = null,
): Promise<T> {
  const merchant = await runtime.access.findMerchant(tenant);
  if (merchant === null) throw new Error(`There is no merchant ${tenant.merchant}`);
  const vault = await runtime.access.vault();
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const unit = new UnitOfWork(runtime.store, tenant, {
      attempt: attempt ?? mintUuid(nowOf(merchant, runtime.realNowMs())),
      started: false,
      key: null,
    });
    try {
      const result = await handle(ledgerContext(runtime, vault, merchant, unit, new Map()));
      await unit.complete(runtime.realNowMs(), { status: 200, body: '' });
      await runtime.publish(unit.committedNotifications);
      return result;
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
    }
  }
  throw new LedgerError('write_conflict');
}
