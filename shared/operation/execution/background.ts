import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
import { type Merchant, nowOf } from '#ledger/core/merchant.ts';
import { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { ledgerContext } from './ledger-context.ts';

/**
 * Does a piece of work that no client waits for, and commits what it stages. When somebody else
 * got there first nothing is done and the result is null: what is left is still due. The work has
 * an identity of its own unless it is given one, by which it finds what it did before.
 */
export async function inBackground<T>(
  runtime: Runtime,
  vault: Vault,
  merchant: Merchant,
  handle: (context: LedgerContext) => Promise<T>,
  attempt: Uuid | null = null,
): Promise<T | null> {
  const unit = new UnitOfWork(runtime.store, merchant, {
    attempt: attempt ?? mintUuid(nowOf(merchant, runtime.realNowMs())),
    again: attempt !== null,
    key: null,
  });
  try {
    const result = await handle(ledgerContext(runtime, vault, merchant, unit, new Map()));
    await unit.complete(runtime.realNowMs(), { status: 200, body: '' });
    await runtime.publish(unit.committedNotifications);
    return result;
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
    return null;
  }
}
