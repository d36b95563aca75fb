import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ServiceUuid, Uuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import type { ListItem } from './list-item.ts';
import { MAX_ITEMS } from './list-item-commands.ts';
import { policyOf, stagePolicy } from './policy-commands.ts';
import {
  type ListColor,
  listIn,
  type SecurityList,
  withList,
  withoutList,
} from './security-policy.ts';

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
