import type { Merchant } from '#ledger/core/merchant.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import { type Card, isCardExpired } from './card.ts';

/** The most saved cards that a page offers; with another card, the buyer types its number. */
const MAX_OFFERED = 5;

/**
 * The cards that a page offers an order's customer: those whose holder agreed to keep them, newest
 * first, each number once. The card that the order names comes first.
 */
export async function offeredCards(
  store: LedgerStore,
  merchant: Merchant,
  order: Order,
  nowMs: number,
): Promise<Card[]> {
  if (order.customer === null) return [];
  const cards = await store.cardsOf(merchant, order.customer);
  const usable = cards.filter((card) => card.saved && !isCardExpired(card, nowMs)).reverse();
  const wanted = [...usable].sort(
    (one, other) => Number(other.uuid === order.sourceCard) - Number(one.uuid === order.sourceCard),
  );
  const unique = new Map(wanted.toReversed().map((card) => [card.fingerprint, card]));
  return [...unique.values()].reverse().slice(0, MAX_OFFERED);
}
