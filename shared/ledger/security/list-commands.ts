import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ServiceUuid, Uuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import { cardNumberIn, type ItemType, itemUuid, type ListItem, matchOf } from './list-item.ts';
import {
  type ListColor,
  listIn,
  NO_POLICY,
  type SecurityList,
  type SecurityPolicy,
  withItemKinds,
  withList,
  withoutList,
} from './security-policy.ts';

/** An item as a merchant hands it over. */
export interface ItemDraft {
  type: ItemType;
  value: string;
}

/** A list with its items, oldest first. */
export interface FilledList {
  list: SecurityList;
  items: ListItem[];
}

/** @throws LedgerError too_many_security_lists */
export async function createList(
  context: LedgerContext,
  draft: { color: ListColor; enabled: boolean; description: string },
): Promise<FilledList> {
  const now = isoNow(context);
  const list: SecurityList = {
    ...draft,
    uuid: context.work.attempt,
    services: [],
    createdAt: now,
    updatedAt: now,
  };
  stagePolicy(context, withList(await policyOf(context), list));
  return { list, items: [] };
}

/** The lists of a colour, or all, oldest first. */
export async function lists(context: ReadContext, color: ListColor | null): Promise<FilledList[]> {
  const policy = await policyOf(context);
  const wanted = policy.lists.filter((one) => color === null || one.color === color);
  return Promise.all(wanted.map((list) => filled(context, list)));
}

/** @throws LedgerError security_list_not_found */
export async function getList(context: ReadContext, uuid: Uuid): Promise<FilledList> {
  return filled(context, listIn(await policyOf(context), uuid));
}

/**
 * Turns a list on or off: to what is asked, or to what it is not.
 * @throws LedgerError security_list_not_found
 */
export async function toggleList(
  context: LedgerContext,
  uuid: Uuid,
  wanted: boolean | null,
): Promise<FilledList> {
  const changed = await changeList(context, uuid, (list) => ({
    ...list,
    enabled: wanted ?? !list.enabled,
  }));
  return filled(context, changed);
}

/**
 * Limits a list to a service, besides those that it is limited to already.
 * @throws LedgerError security_list_not_found, service_not_found
 */
export async function addService(
  context: LedgerContext,
  uuid: Uuid,
  service: ServiceUuid,
): Promise<void> {
  await changeList(context, uuid, (list) => {
    findService(context.merchant, service);
    return { ...list, services: [...new Set([...list.services, service])] };
  });
}

/**
 * Takes a service from those that a list is limited to; without any it applies to all again.
 * @throws LedgerError security_list_not_found, service_not_found when it was not limited to it
 */
export async function removeService(
  context: LedgerContext,
  uuid: Uuid,
  service: ServiceUuid,
): Promise<void> {
  await changeList(context, uuid, (list) => {
    if (!list.services.includes(service)) throw new LedgerError('service_not_found', service);
    return { ...list, services: list.services.filter((one) => one !== service) };
  });
}

/**
 * Deletes a list with its items. The items go first, some per transaction of the store: after an
 * interruption the list is still there and can be deleted again.
 * @throws LedgerError security_list_not_found
 */
export async function deleteList(context: LedgerContext, uuid: Uuid): Promise<void> {
  const policy = await policyOf(context);
  listIn(policy, uuid);
  const items = await context.store.listItems(context.merchant, uuid);
  for (let at = 0; at < items.length; at += MAX_ITEMS) {
    const removals = items
      .slice(at, at + MAX_ITEMS)
      .map((item) => ({ change: 'list_item_removed' as const, list: uuid, item }));
    await context.store.commit(context.merchant, removals);
  }
  stagePolicy(context, withoutList(policy, uuid));
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

/** The policy that payments are screened by. */
export async function policyOf(context: ReadContext): Promise<SecurityPolicy> {
  const { securityPolicy } = await context.store.read(context.merchant, {
    securityPolicy: 'policy',
  });
  return securityPolicy ?? NO_POLICY;
}

/** Stages a policy as its next version. */
export function stagePolicy(context: LedgerContext, policy: SecurityPolicy): void {
  const next = { ...policy, version: policy.version + 1 };
  context.work.stage({ change: 'security_policy', policy: next });
}

async function changeList(
  context: LedgerContext,
  uuid: Uuid,
  change: (list: SecurityList) => SecurityList,
): Promise<SecurityList> {
  const policy = await policyOf(context);
  const changed = { ...change(listIn(policy, uuid)), updatedAt: isoNow(context) };
  stagePolicy(context, withList(policy, changed));
  return changed;
}

async function filled(context: ReadContext, list: SecurityList): Promise<FilledList> {
  const items = await context.store.listItems(context.merchant, list.uuid);
  items.sort((one, other) => one.createdAt.localeCompare(other.createdAt));
  return { list, items };
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
