import type { Deadline } from '#ledger/core/deadline.ts';
import { type Merchant, nowOf } from '#ledger/core/merchant.ts';
import type { Announcement } from '#ledger/core/unit-of-work.ts';
import { type Billed, billedOf } from '#ledger/subscriptions/billed-subscription.ts';
import { isDue } from '#ledger/subscriptions/billing.ts';
import type { Renewed } from '#ledger/subscriptions/record-charge.ts';
import { renew } from '#ledger/subscriptions/renew.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import type { RenewalRef } from '#queues/renewals.ts';
import { asAttempt } from './background.ts';
import { claimMs } from './claim.ts';
import { type Due, dueItems } from './sweep.ts';

/** The most messages that SQS takes in one call. */
const BATCH = 10;

const WORKERS = 8;

/** A schedule stops this long before its function would be stopped. */
const RESERVE_MS = 10_000;

/**
 * Queues the charges that are due. Each is claimed first, so that two runs at the same time queue
 * it once. What the queue does not take is due again at once; what is lost with its function, after
 * a while.
 */
export async function queueRenewals(runtime: Runtime, remainingMs: () => number): Promise<void> {
  const items = dueItems(runtime, { kind: 'renew', graceMs: 0 });
  let count = 0;
  const worker = async () => {
    while (remainingMs() > RESERVE_MS) {
      const batch = await take(items, BATCH);
      if (batch.length === 0) return;
      const claimed = (await Promise.all(batch.map((due) => claim(runtime, due)))).flat();
      try {
        await runtime.announce(claimed.map(({ announcement }) => announcement));
      } catch (error) {
        await Promise.all(claimed.map(({ giveBack }) => giveBack()));
        throw error;
      }
      count += claimed.length;
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  if (count > 0) runtime.log('info', 'renewals_queued', { count });
}

/** A charge that this run may queue. */
interface Claimed {
  announcement: Announcement;
  giveBack(): Promise<void>;
}

/** The message of a due charge, if this run could claim it. */
async function claim({ store, settings }: Runtime, due: Due<'renew'> | null): Promise<Claimed[]> {
  if (due === null) return [];
  const { untilMs, item } = due;
  const { tenant, subscription } = item;
  const nextMs = untilMs + claimMs(settings);
  if (!(await store.claimRenewal(tenant, subscription, untilMs, nextMs))) return [];
  return [
    {
      announcement: { queue: 'renewals', message: { ...tenant, subscription } },
      giveBack: () => store.returnRenewal(tenant, subscription, untilMs, nextMs),
    },
  ];
}

/**
 * Makes the due charge of a subscription, once however many runs try. Returns the result, or null
 * when there was nothing to do.
 */
export async function renewSubscription(
  runtime: Runtime,
  ref: RenewalRef,
  deadline: Deadline,
): Promise<Renewed | null> {
  const merchant = await runtime.access.findMerchant(ref);
  return merchant === null ? null : renewOf(runtime, merchant, ref.subscription, deadline);
}

/** The same, for a merchant that is known already. */
export async function renewOf(
  runtime: Runtime,
  merchant: Merchant,
  subscription: RenewalRef['subscription'],
  deadline: Deadline,
): Promise<Renewed | null> {
  let kept = await findDue(runtime, merchant, subscription);
  const attempt = kept?.billing.next?.transaction;
  if (attempt === undefined) return null;
  const background = { merchant, deadline, vault: await runtime.access.vault() };
  return asAttempt(runtime, background, attempt, async (context) => {
    const current = kept ?? (await findDue(runtime, merchant, subscription));
    kept = null;
    // Somebody else has made this charge: the next one is another attempt.
    if (current?.billing.next?.transaction !== attempt) return null;
    return renew(context, current);
  });
}

async function findDue(
  runtime: Runtime,
  merchant: Merchant,
  id: RenewalRef['subscription'],
): Promise<Billed | null> {
  const found = await runtime.store.read(merchant, { subscription: id, billing: id });
  const kept = billedOf(found.subscription, found.billing);
  const now = new Date(nowOf(merchant, runtime.realNowMs())).toISOString();
  return kept !== null && isDue(kept.billing, now) ? kept : null;
}

async function take<T>(items: AsyncIterator<T>, most: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < most) {
    const { value, done } = await items.next();
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}
