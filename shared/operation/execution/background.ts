import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { type Merchant, nowOf } from '#ledger/core/merchant.ts';
import { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { ledgerContext } from './ledger-context.ts';

/**
 * Does a piece of work that no client waits for, and commits what it stages. When somebody else
 * got there first nothing is done: what is left is still due.
 */
export async function inBackground(
  runtime: Runtime,
  vault: Vault,
  merchant: Merchant,
  handle: (context: LedgerContext) => Promise<unknown>,
): Promise<void> {
  const unit = new UnitOfWork(runtime.store, merchant, {
    attempt: mintUuid(nowOf(merchant, runtime.realNowMs())),
    again: false,
    key: null,
  });
  try {
    await handle(ledgerContext(runtime, vault, merchant, unit, new Map()));
    await unit.complete(runtime.realNowMs(), { status: 200, body: '' });
    await runtime.publish(unit.committedNotifications);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
}
