import type { Order, Transaction } from './order.ts';
import type { TransactionEntry } from './order-store.ts';

/** What a list says of a transaction. */
export function entryOf(order: Order, transaction: Transaction): TransactionEntry {
  const { uuid, customer, additional, currency, service, cards } = order;
  return {
    transaction,
    order: { uuid, customer, additional, currency, service },
    card: transaction.card === null ? null : (cards[transaction.card] ?? null),
  };
}
