import { setTimeout as sleep } from 'node:timers/promises';
import type { Vault } from '#crypto/vault.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import type { Deadline } from '#ledger/core/deadline.ts';
import { LedgerError, LostRace } from '#ledger/core/errors.ts';
import { mintUuid, type OrderUuid, type Uuid } from '#ledger/core/ids.ts';
import { type Merchant, nowOf, type Tenant } from '#ledger/core/merchant.ts';
import { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { ledgerContext } from './ledger-context.ts';
import { Memory } from './memory.ts';

/**
 * Does work that no client waits for, and commits what it stages. After a lost race nothing is
 * done, as the work is still due.
 * @returns what the work returns, or null when it was not done
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
    result = await handle(
      ledgerContext(runtime, { vault, merchant, deadline }, unit, new Memory()),
    );
    await unit.complete(runtime.realNowMs(), { status: 200, body: '' });
    await runtime.publish(unit.committedNotifications);
    await runtime.announce(unit.committedAnnouncements);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
  return result;
}

/**
 * Does a piece of work on an order, as `inBackground` does; nothing when it or its merchant is not
 * there.
 */
export async function onOrder(
  runtime: Runtime,
  ref: Tenant & { order: OrderUuid },
  deadline: Deadline,
  handle: (context: LedgerContext, order: Order) => Promise<unknown>,
): Promise<void> {
  const merchant = await runtime.access.findMerchant(ref);
  if (merchant === null) return;
  const vault = await runtime.access.vault();
  await inBackground(runtime, vault, merchant, deadline, async (context) => {
    const { order } = await context.store.read(ref, { order: ref.order });
    if (order !== null) await handle(context, order);
  });
}

/** The same limit as for operations that a client waits for. */
const MAX_TRIES = 12;

/** Whose work it is, and until when. */
export interface Background {
  vault: Vault;
  merchant: Merchant;
  deadline: Deadline;
}

/**
 * Does work under the identity of an attempt that may have been made before, and commits what it
 * stages. After a lost race it is done again from a fresh read.
 * @throws LedgerError what the work throws, or `write_conflict` when every try lost its race
 */
export async function asAttempt<T>(
  runtime: Runtime,
  background: Background,
  attempt: Uuid,
  handle: (context: LedgerContext) => Promise<T>,
): Promise<T> {
  const { merchant, deadline } = background;
  const memory = new Memory();
  const identity = { attempt, again: true, key: null };
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const unit = new UnitOfWork(runtime.store, merchant, identity, deadline);
    try {
      const result = await handle(ledgerContext(runtime, background, unit, memory));
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
