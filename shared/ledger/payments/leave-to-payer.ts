import type { CardSnapshot } from '#ledger/cards/card.ts';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import type { Order } from '#ledger/orders/order.ts';
import { requirePayable } from './begin-payment.ts';
import { stageOrder } from './stage-outcome.ts';

/**
 * Leaves a secure order to its payer, who authenticates at a page before the card is charged
 * (contract C.3). A wallet's card is kept with the order, as it is stored nowhere else.
 * @throws LedgerError order_intent_mismatch, order_busy, order_not_payable
 */
export function leaveToPayer(context: LedgerContext, order: Order, card: CardSnapshot): Order {
  requirePayable(order, isoNow(context));
  const cards = card.origin === 'WALLET' ? { ...order.cards, [card.uuid]: card } : order.cards;
  return stageOrder(context, { ...order, sourceCard: card.uuid, cards });
}
