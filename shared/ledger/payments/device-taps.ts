import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId, TransactionUuid } from '#ledger/core/ids.ts';
import { type Order, type Transaction, transactionOf } from '#ledger/orders/order.ts';
import { recover } from './payment-commands.ts';
import type { Tap } from './payment-conditions.ts';

/** The transaction that a terminal is busy with, and its order. */
export interface DeviceWork {
  order: Order;
  transaction: Transaction;
}

/** What a terminal works on at the moment, or null when it is free. */
export async function workAtDevice(
  { store, merchant }: Pick<LedgerContext, 'store' | 'merchant'>,
  device: ObjectId,
): Promise<DeviceWork | null> {
  const task = await store.taskOfDevice(merchant, device);
  if (task === null) return null;
  const { order } = await store.read(merchant, { order: task.order });
  const transaction = order === null ? null : transactionOf(order, task.transaction);
  if (order === null || transaction?.status !== 'pending') return null;
  return { order, transaction };
}

/**
 * Decides the transaction at a simulated terminal, which is free afterwards. A transaction that the
 * terminal is not busy with stays as it is. The tap is stored with the outcome, so that asking the
 * acquirer again gives the same answer.
 * @returns the order afterwards, or null when there was nothing to decide
 * @throws LedgerError device_not_found, device_not_usable
 */
export async function tapAtDevice(
  context: LedgerContext,
  input: { device: ObjectId; transaction: TransactionUuid; tap: Tap },
): Promise<Order | null> {
  const { device } = await context.store.read(context.merchant, { device: input.device });
  if (device === null) throw new LedgerError('device_not_found', input.device);
  if (device.communication !== 'SIMULATION') {
    throw new LedgerError('device_not_usable', device.id, 'it is not simulated');
  }
  const work = await workAtDevice(context, device.id);
  if (work === null || work.transaction.uuid !== input.transaction) return null;
  const { order } = work;
  const tapped: Transaction = {
    ...work.transaction,
    conditions: { ...work.transaction.conditions, tap: input.tap },
  };
  const transactions = order.transactions.map((one) => (one === work.transaction ? tapped : one));
  return recover(context, { ...order, transactions }, tapped);
}
