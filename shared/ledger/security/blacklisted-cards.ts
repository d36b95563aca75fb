import type { Card } from '#ledger/cards/card.ts';
import type { ReadContext } from '#ledger/core/context.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { matchesOf } from './list-item.ts';
import type { SecurityPolicy } from './security-policy.ts';

/**
 * The cards whose number, BIN or country is on an enabled black list of any service. One read batch
 * for a hundred look-ups.
 */
export async function blacklistedCards(
  { store, merchant }: ReadContext,
  cards: readonly Card[],
): Promise<ReadonlySet<Uuid>> {
  if (cards.length === 0) return new Set();
  const { policy, lists } = await store.security(merchant, (known) => ({
    matches: blackLists(known).size === 0 ? [] : [...new Set(cards.flatMap(matchesOfCard(known)))],
    counters: [],
  }));
  if (policy === null) return new Set();
  const black = blackLists(policy);
  const isBlack = (match: string) => (lists.get(match) ?? []).some((uuid) => black.has(uuid));
  const listed = cards.filter((card) => matchesOfCard(policy)(card).some(isBlack));
  return new Set(listed.map(({ uuid }) => uuid));
}

function matchesOfCard({ itemKinds }: SecurityPolicy): (card: Card) => string[] {
  const nobody = { ip: null, emails: [], phones: [], customer: null };
  return (card) => matchesOf({ ...nobody, card }, itemKinds);
}

function blackLists({ lists }: SecurityPolicy): Set<Uuid> {
  const black = lists.filter(({ color, enabled }) => color === 'black' && enabled);
  return new Set(black.map(({ uuid }) => uuid));
}
