import * as z from 'zod/mini';
import { type ObjectId, uuidFromObjectId } from '../../shared/ledger/ids.ts';
import type { Tenant } from '../../shared/ledger/merchant.ts';
import { addNote } from '../../shared/ledger/sales.ts';
import type { Subscription } from '../../shared/ledger/subscription.ts';
import { importSubscription } from '../../shared/ledger/subscriptions.ts';
import {
  type SubscriptionDocument,
  subscriptionDocument,
  subscriptionOf,
} from '../../shared/operation/highlevel/subscription-document.ts';
import type { Account, LocationStore } from '../../shared/store/location-store.ts';
import { currencyOf } from './currency.ts';
import { inLedger, type LedgerTarget } from './in-ledger.ts';

export interface HighLevelTarget extends LedgerTarget {
  locations: LocationStore;
}

/**
 * Keeps subscriptions as HighLevel answers them, one document or a list of them, at the locations
 * that they name. All are looked at before the first is kept.
 * @throws when a document is not one, or names no location here, or one of the other mode
 */
export async function importSubscriptions(
  target: HighLevelTarget,
  json: unknown,
): Promise<Subscription[]> {
  const documents = subscriptionsIn(json);
  const accounts = await target.locations.accounts();
  const drafts = documents.map((document) => {
    const account = locationIn(accounts, document.altId);
    if ((document.liveMode ?? isLive(account)) !== isLive(account)) {
      throw new Error(
        `${document._id} is ${isLive(account) ? 'a test' : 'live'}, its location not`,
      );
    }
    return { account, draft: subscriptionOf(document, currencyOf(document.currency)) };
  });
  const kept: Subscription[] = [];
  for (const { account, draft } of drafts) {
    kept.push(await inLedger(target, account, (context) => importSubscription(context, draft)));
  }
  return kept;
}

/** @throws when a document is not one */
function subscriptionsIn(json: unknown): SubscriptionDocument[] {
  const list = Array.isArray(json) ? json : [json];
  const { data, error } = z.safeParse(z.array(subscriptionDocument), list);
  if (data === undefined) throw new Error(`Not subscriptions:\n${z.prettifyError(error)}`);
  return data;
}

/** Adds a remark to an order, named by its HighLevel id: no operation of the API does. */
export async function addOrderNote(
  target: LedgerTarget,
  tenant: Tenant,
  note: { order: ObjectId; text: string; createdBy: string | null },
): Promise<void> {
  const input = { ...note, order: uuidFromObjectId(note.order) };
  await inLedger(target, tenant, (context) => addNote(context, input));
}

/** @throws when there is no such location */
export function locationIn(accounts: readonly Account[], id: string): Account {
  const account = accounts.find((one) => one.id === id && one.type === 'location');
  if (account === undefined) throw new Error(`There is no location ${id}`);
  return account;
}

function isLive({ environment }: Account): boolean {
  return environment === 'live';
}
