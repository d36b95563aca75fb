import { LedgerError } from '#ledger/core/errors.ts';
import { type ObjectId, objectIdFromUuid, type Uuid, uuidFromObjectId } from '#ledger/core/ids.ts';

/**
 * The ledger's identity of the order that a path or a filter names; a value that can be no id
 * names no order.
 * @throws LedgerError order_not_found
 */
export function orderUuid(id: string): Uuid {
  if (!isObjectId(id)) throw new LedgerError('order_not_found', null);
  return uuidFromObjectId(id);
}

/** @throws LedgerError transaction_not_found */
export function transactionUuid(id: string): Uuid {
  if (!isObjectId(id)) throw new LedgerError('transaction_not_found', null);
  return uuidFromObjectId(id);
}

/** The HighLevel id of an order or a transaction, which it has from birth. */
export function idOf(uuid: Uuid): ObjectId {
  const id = objectIdFromUuid(uuid);
  if (id === null) throw new Error('What was not minted here has no HighLevel id');
  return id;
}

export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}
