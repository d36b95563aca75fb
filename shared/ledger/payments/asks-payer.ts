import type { TransactionKind } from '#ledger/orders/order.ts';

/** Whether a card is held against the terminal for it: the end of a hold needs nobody's. */
export function asksPayer(kind: TransactionKind): boolean {
  return kind === 'sale' || kind === 'hold' || kind === 'refund';
}
