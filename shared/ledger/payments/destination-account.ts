import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { type BankSnapshot, bankSnapshotOf } from '#ledger/customers/bank-account.ts';
import { fileOf } from '#ledger/customers/customer-file-commands.ts';
import type { Order } from '#ledger/orders/order.ts';

/**
 * The account that a TRANSFER payout goes to; for a bank account, a snapshot that the order keeps.
 */
export interface Destination {
  destination: Uuid;
  bank?: BankSnapshot;
}

/**
 * The account of the order's customer that a TRANSFER payout goes to: the one that is named, or
 * the customer's only one; null when there is none, or more than one and none is named.
 * @throws LedgerError source_not_found when the named one is not the customer's
 */
export async function destinationAccountOf(
  context: LedgerContext,
  order: Order,
  wanted: Uuid | null,
): Promise<Destination | null> {
  const { banks, accounts } = await fileOf(context, order.customer ?? '');
  const known: Destination[] = [
    ...banks.map((one) => ({ destination: one.uuid, bank: bankSnapshotOf(one) })),
    ...accounts.map((one) => ({ destination: one.uuid })),
  ];
  if (wanted === null) return known.length === 1 ? (known[0] ?? null) : null;
  const found = known.find((one) => one.destination === wanted);
  if (found === undefined) throw new LedgerError('source_not_found', wanted);
  return found;
}
