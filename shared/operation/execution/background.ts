import { setTimeout as sleep } from 'node:timers/promises';
import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError, LostRace } from '#ledger/core/errors.ts';
import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
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
    await runtime.announce(unit.committedAnnouncements);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
}

/** As an operation that a client waits for. */
const MAX_TRIES = 12;

/**
 * Does a piece of work as an attempt that may have been made before, and commits what it stages:
 * again from a fresh read when somebody else got there first, until it is done.
 * @throws LedgerError what the work throws, or `write_conflict` when it never got its turn
 */
export async function asAttempt<T>(
  runtime: Runtime,
  vault: Vault,
  merchant: Merchant,
  attempt: Uuid,
  handle: (context: LedgerContext) => Promise<T>,
): Promise<T> {
  const answers: LedgerContext['answers'] = new Map();
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const unit = new UnitOfWork(runtime.store, merchant, { attempt, again: true, key: null });
    try {
      const result = await handle(ledgerContext(runtime, vault, merchant, unit, answers));
      await unit.complete(runtime.realNowMs(), { status: 200, body: '' });
      await runtime.publish(unit.committedNotifications);
      await runtime.announce(unit.committedAnnouncements);
      return result;
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
      await sleep(Math.random() * 10 * tries);
    }
  }
  throw new LedgerError('write_conflict');
}
