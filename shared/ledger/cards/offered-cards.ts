import type { Merchant } from '#ledger/core/merchant.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import { type Card, isCardExpired } from './card.ts';

/** The most saved cards that a page offers; with another card, the buyer types its number. */
const MAX_OFFERED = 5;

/** How many of the newest saved cards are looked at: numbers that were saved again are among them. */
const MAX_READ = 50;

/**
 * The cards that a page offers an order's customer: those whose holder agreed to keep them, newest
 * first, each number once. The card that the order names comes first. It reads the newest ones
 * alone, however many there are.
 */
export async function offeredCards(
  store: LedgerStore,
  merchant: Merchant,
  order: Order,
  nowMs: number,
): Promise<Card[]> {
  if (order.customer === null) return [];
  const [named, saved] = await Promise.all([
    namedCard(store, merchant, order),
    store.savedCards(merchant, order.customer, MAX_READ),
  ]);
  const usable = [...named, ...saved].filter((card) => !isCardExpired(card, nowMs));
  const unique = new Map(usable.toReversed().map((card) => [card.fingerprint, card]));
  return usable.filter((card) => unique.get(card.fingerprint) === card).slice(0, MAX_OFFERED);
}

async function namedCard(store: LedgerStore, merchant: Merchant, order: Order): Promise<Card[]> {
  if (order.sourceCard === null) return [];
  const { card } = await store.read(merchant, { card: order.sourceCard });
  return card?.saved && card.customer === order.customer ? [card] : [];
}
