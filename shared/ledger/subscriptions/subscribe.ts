import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { derivedUuid, type ObjectId, objectIdFromUuid } from '#ledger/core/ids.ts';
import { defaultService } from '#ledger/core/services.ts';
import { type Plan, trialOf } from '#ledger/plans/plan.ts';
import { type Billed, billedOf, channelOf, contactOf, statusOf } from './billed-subscription.ts';
import { type BillingTerms, beginBilling, cancelled, isDue, type NextCharge } from './billing.ts';
import { addPeriods } from './calendar.ts';
import { barOrder, newOrder, orderOf } from './charge-order.ts';
import { type Renewed, record, stageBilling } from './record-charge.ts';
import { charge, renew } from './renew.ts';
import { withChannel } from './subscription.ts';

/** What a merchant says of a new subscription. */
export type BillingDraft = Omit<BillingTerms, 'plan' | 'firstAt' | 'isTrial' | 'timeZone'> & {
  /** The external id of its plan. */
  plan: string;
  /**
   * Says when the first charge is due; null is after the plan's trial, or now. Only asked of who is
   * not subscribed yet: days later, when the request is repeated, that time may be over.
   */
  firstAt(): string | null;
};

/**
 * Subscribes a customer, and makes the first charge if it is due now. The subscription and the
 * intent of its charge are one transaction: there is never one without the other. What cannot be
 * charged, for want of the service or the card, is subscribed all the same.
 * @throws LedgerError plan_not_found, product_not_found, acquirer_not_configured
 */
export async function subscribe(context: LedgerContext, draft: BillingDraft): Promise<Renewed> {
  const { store, merchant, work } = context;
  const id = objectIdFromUuid(derivedUuid(work.attempt, 2)) ?? '';
  const { plan, card, ...own } = await store.read(merchant, {
    plan: draft.plan,
    card: draft.card,
    ...(work.again ? { subscription: id, billing: id } : {}),
  });
  const kept = billedOf(own.subscription ?? null, own.billing ?? null);
  if (kept !== null) return resume(context, kept);
  const firstAt = draft.firstAt();
  if (plan === null) throw new LedgerError('plan_not_found', draft.plan);
  await requireProduct(context, plan);
  const begun = newSubscription(context, id, termsOf(context, { ...draft, plan, firstAt }));
  const { next } = begun.billing;
  if (next === null || !isDue(begun.billing, isoNow(context))) {
    return { ...stageNew(context, begun), payment: null };
  }
  const order = newOrder(context, begun, next, card);
  const create = (created: Billed) => {
    stageNew(context, created);
  };
  if (typeof order === 'string') return record(context, begun, order, null, create);
  return charge(context, begun, order, card, create);
}

/**
 * Cancels a subscription; one that has ended already stays as it is. The outcome of a charge that
 * is under way is still recorded, and no other charge is made.
 * @throws LedgerError subscription_not_found
 */
export async function cancelSubscription(context: LedgerContext, id: ObjectId): Promise<void> {
  const found = await context.store.read(context.merchant, { subscription: id, billing: id });
  const kept = billedOf(found.subscription, found.billing);
  if (kept === null) throw new LedgerError('subscription_not_found', id);
  const now = isoNow(context);
  const after = cancelled(kept.billing, now);
  if (after === kept.billing) return;
  if (kept.billing.next !== null) await barUnlessMade(context, kept.billing.next);
  stageBilling(context, kept.subscription, after, {
    ...kept.subscription.details,
    canceledAt: now,
  });
}

/** A charge that has begun is let end. */
async function barUnlessMade(context: LedgerContext, next: NextCharge): Promise<void> {
  const { order } = await context.store.read(context.merchant, { order: orderOf(next) });
  if (order === null) barOrder(context, next);
}

/**
 * Goes on with a subscription that an earlier try of the request has stored; its first charge may
 * have been interrupted.
 */
function resume(context: LedgerContext, kept: Billed): Promise<Renewed> | Renewed {
  const isOwnCharge = kept.billing.next?.transaction === context.work.attempt;
  return isOwnCharge ? renew(context, kept) : { ...kept, payment: null };
}

/** Nobody can subscribe to what is not sold any more. */
async function requireProduct({ store, merchant }: LedgerContext, plan: Plan): Promise<void> {
  const { externalId } = plan.product;
  const { product } = await store.read(merchant, { product: externalId });
  if (product === null) throw new LedgerError('product_not_found', externalId);
}

type AskedTerms = Omit<BillingTerms, 'firstAt' | 'isTrial' | 'timeZone'> & {
  firstAt: string | null;
};

function termsOf(context: LedgerContext, asked: AskedTerms): BillingTerms {
  const { timeZone } = context.merchant;
  const now = isoNow(context);
  const trial = asked.firstAt === null ? trialOf(asked.plan) : null;
  const trialEnd = trial && addPeriods(Date.parse(now), trial, 1, timeZone);
  const firstAt = trialEnd === null ? (asked.firstAt ?? now) : new Date(trialEnd).toISOString();
  return { ...asked, firstAt, isTrial: trial !== null, timeZone };
}

function newSubscription(context: LedgerContext, id: ObjectId, terms: BillingTerms): Billed {
  const now = isoNow(context);
  const billing = beginBilling(id, terms, context.work.attempt, now);
  const { merchant } = context;
  const charged = merchant.services.find(({ uuid }) => uuid === terms.service);
  const first = billing.next && objectIdFromUuid(orderOf(billing.next));
  const isOrdered = charged !== undefined && terms.firstAt <= now;
  return {
    billing,
    subscription: {
      id,
      version: 1,
      location: null,
      providerId: id,
      status: statusOf(terms, billing),
      amount: terms.plan.amount,
      currency: (charged ?? defaultService(merchant)).currency,
      contact: contactOf(terms),
      channel: channelOf(terms),
      channels: [],
      entity: isOrdered && first !== null ? { type: 'order', id: first } : null,
      details: {},
      billing: terms,
      createdAt: now,
      updatedAt: now,
    },
  };
}

function stageNew(context: LedgerContext, { billing, ...made }: Billed): Billed {
  const written = { ...billing, version: 1 };
  const subscription = withChannel(made.subscription, context.realNowMs());
  context.work.stage(
    { change: 'subscription', subscription, before: null },
    { change: 'billing', billing: written, testClock: context.merchant.testClock },
  );
  return { subscription, billing: written };
}
