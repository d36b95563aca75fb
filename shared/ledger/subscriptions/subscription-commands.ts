import type { LedgerContext, ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Subscription } from './subscription.ts';

/** What is known of a subscription before it is kept. */
export type SubscriptionDraft = Omit<Subscription, 'version'>;

/** Keeps a subscription as a shop tells it, new or known; when it was created does not change. */
export async function importSubscription(
  { store, merchant, work }: LedgerContext,
  draft: SubscriptionDraft,
): Promise<Subscription> {
  const { subscription: before } = await store.read(merchant, { subscription: draft.id });
  const subscription =
    before === null
      ? { ...draft, version: 1 }
      : { ...draft, version: before.version + 1, createdAt: before.createdAt };
  work.stage({ change: 'subscription', subscription, before });
  return subscription;
}

/** @throws LedgerError subscription_not_found */
export async function getSubscription(
  { store, merchant }: ReadContext,
  location: string,
  id: ObjectId,
): Promise<Subscription> {
  const { subscription } = await store.read(merchant, { subscription: id });
  const isShown = subscription?.location === null || subscription?.location === location;
  if (subscription === null || !isShown) throw new LedgerError('subscription_not_found', id);
  return subscription;
}

/** How many payments of a subscription came in: its orders name it as its provider does. */
export async function countPayments(
  { store, merchant }: LedgerContext,
  { providerId }: Subscription,
): Promise<number> {
  if (providerId === null) return 0;
  const everything = { fromMs: null, toMs: null, offset: 0, limit: Number.MAX_SAFE_INTEGER };
  const { entries } = await store.payments(merchant, everything, { subscription: providerId });
  return entries.filter(({ transaction }) => transaction.status === 'succeeded').length;
}
