import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import type { Deadline } from '#ledger/core/deadline.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { type Merchant, nowOf } from '#ledger/core/merchant.ts';
import { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { ledgerContext } from './ledger-context.ts';

/**
 * Does a piece of work that no client waits for, and commits what it stages. When somebody else
 * got there first nothing is done: what is left is still due.
 * @returns what the work returns, or null when it did not come that far
 */
export async function inBackground<T>(
  runtime: Runtime,
  vault: Vault,
  merchant: Merchant,
  deadline: Deadline,
  handle: (context: LedgerContext) => Promise<T>,
): Promise<T | null> {
  const attempt = mintUuid(nowOf(merchant, runtime.realNowMs()));
  const identity = { attempt, again: false, key: null };
  const unit = new UnitOfWork(runtime.store, merchant, identity, deadline);
  let result: T | null = null;
  try {
    result = await handle(ledgerContext(runtime, { vault, merchant, deadline }, unit, new Map()));
    await unit.complete(runtime.realNowMs(), { status: 200, body: '' });
    await runtime.publish(unit.committedNotifications);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
  return result;
}
