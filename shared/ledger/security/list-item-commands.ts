import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { cardNumberIn, type ItemType, itemUuid, type ListItem, matchOf } from './list-item.ts';
import { policyOf, stagePolicy } from './policy-commands.ts';
import { listIn, type SecurityPolicy, withItemKinds } from './security-policy.ts';

/** An item as a merchant hands it over. */
export interface ItemDraft {
  type: ItemType;
  value: string;
}

/** So many items are added or removed in one transaction of the store. */
export const MAX_ITEMS = 40;

/** So many items a list has at most: it is answered with all of them. */
export const MAX_LISTED = 2000;

/** All lists of a merchant are answered with all their items, and a function can answer 6 MB. */
const MAX_ANSWER_BYTES = 4_500_000;

/** What an answer says of an item besides its value. */
const ITEM_BYTES = 100;

/**
 * Adds items to a list; items that it has already stay as they are.
 * @throws LedgerError security_list_not_found, card_not_found, security_list_full,
 * security_lists_full
 */
export async function addItems(
  context: LedgerContext,
  list: Uuid,
  drafts: readonly ItemDraft[],
): Promise<void> {
  const policy = await policyOf(context);
  listIn(policy, list);
  const createdAt = isoNow(context);
  const items = new Map<Uuid, ListItem>();
  const kinds: string[] = [];
  for (const { type, value } of drafts) {
    const card = type === 'CARD' ? await tokenOf(context, value) : null;
    const found = matchOf(type, card?.token ?? value);
    if (found === null) throw new Error(`An item of a list that is no ${type}`);
    const uuid = itemUuid(list, found.match);
    items.set(uuid, { uuid, type, value: card?.shown ?? value, match: found.match, createdAt });
    kinds.push(found.kind);
  }
  await requireRoom(context, policy, list, items);
  // Written even when it knows all kinds: whoever deletes the list meanwhile has to begin anew.
  stagePolicy(context, withItemKinds(policy, kinds));
  for (const item of items.values()) {
    context.work.stage({ change: 'list_item_added', list, item });
  }
}

async function requireRoom(
  { store, merchant }: LedgerContext,
  { lists: all }: SecurityPolicy,
  list: Uuid,
  added: ReadonlyMap<Uuid, ListItem>,
): Promise<void> {
  const own = await store.listItems(merchant, list);
  const known = new Set(own.map(({ uuid }) => uuid));
  const fresh = [...added.values()].filter(({ uuid }) => !known.has(uuid));
  if (fresh.length === 0) return;
  if (own.length + fresh.length > MAX_LISTED) {
    throw new LedgerError('security_list_full', list, `${own.length} of ${MAX_LISTED}`);
  }
  const others = all.filter(({ uuid }) => uuid !== list);
  const kept = await Promise.all(others.map(({ uuid }) => store.listItems(merchant, uuid)));
  const there = [...kept.flat(), ...own];
  if (bytesOf([...there, ...fresh]) > MAX_ANSWER_BYTES) {
    throw new LedgerError('security_lists_full', list, String(there.length));
  }
}

/** The most that items come to in an answer, where whatever is no plain character is escaped. */
function bytesOf(items: readonly ListItem[]): number {
  const escaped = (value: string) => value.match(/[^\w@.:+-]/g)?.length ?? 0;
  return items.reduce((sum, { value }) => sum + ITEM_BYTES + value.length + 5 * escaped(value), 0);
}

/**
 * Removes items from a list by their uuids or values; unknown ones are ignored.
 * @throws LedgerError security_list_not_found
 */
export async function removeItems(
  context: LedgerContext,
  list: Uuid,
  names: readonly string[],
): Promise<void> {
  const policy = await policyOf(context);
  listIn(policy, list);
  const known = await context.store.listItems(context.merchant, list);
  const meant = known.filter((item) => names.some((name) => isMeant(context, item, name)));
  if (meant.length === 0) return;
  // Written so that a removal that arrives late does not take what was added again.
  stagePolicy(context, policy);
  for (const item of meant) {
    context.work.stage({ change: 'list_item_removed', list, item });
  }
}

/**
 * The token of a card that is given as its token, its uuid or its number; the number is kept
 * nowhere.
 */
async function tokenOf(
  context: LedgerContext,
  value: string,
): Promise<{ token: string; shown: string }> {
  const number = cardNumberIn(value);
  if (number !== null) {
    const token = fingerprintOf(context, number);
    return { token, shown: token };
  }
  if (matchOf('CARD', value) !== null) return { token: value, shown: value };
  const uuid = value.toUpperCase();
  const { card } = await context.store.read(context.merchant, { card: uuid });
  if (card === null) throw new LedgerError('card_not_found', value);
  return { token: card.fingerprint, shown: uuid };
}

/** Whether a name means an item: its uuid, its value, or another form of that. */
function isMeant(context: LedgerContext, item: ListItem, name: string): boolean {
  if (item.value === name || item.uuid === name.toUpperCase()) return true;
  const number = item.type === 'CARD' ? cardNumberIn(name) : null;
  const value = number === null ? name : fingerprintOf(context, number);
  return item.value === value.toUpperCase() || matchOf(item.type, value)?.match === item.match;
}

function fingerprintOf(context: LedgerContext, pan: string): string {
  return context.cardAcquirer().describe(context.merchant, { pan, cvv: null }).fingerprint;
}
