import * as z from 'zod/mini';
import {
  type SubscriptionDocument,
  subscriptionDocument,
  subscriptionOf,
} from '#faces/highlevel/subscription-document.ts';
import { withoutCardNumbersIn } from '#ledger/cards/card-numbers.ts';
import type { Subscription } from '#ledger/subscriptions/subscription.ts';
import { importSubscription } from '#ledger/subscriptions/subscription-commands.ts';
import type { Account, LocationStore } from '#store/access/location-store.ts';
import { currencyOf } from './currency.ts';
import { inLedger, type LedgerTarget } from './in-ledger.ts';
import { findAccount } from './locations.ts';

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
      throw new Error(`${account.id} is a ${account.environment} location, ${document._id} is not`);
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
  const list = withoutCardNumbersIn(Array.isArray(json) ? json : [json]);
  const { data, error } = z.safeParse(z.array(subscriptionDocument), list);
  if (data !== undefined) return data;
  const fields = error.issues.map((issue) => issue.path.join('.'));
  throw new Error(`Not subscriptions: ${[...new Set(fields)].join(', ')}`);
}

/** @throws when there is no such location */
export function locationIn(accounts: readonly Account[], id: string): Account {
  return findAccount(accounts, id, 'location');
}

function isLive({ environment }: Account): boolean {
  return environment === 'live';
}
