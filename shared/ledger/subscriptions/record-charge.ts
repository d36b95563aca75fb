import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { derivedUuid, objectIdFromUuid } from '#ledger/core/ids.ts';
import { defaultService } from '#ledger/core/services.ts';
import type { Order } from '#ledger/orders/order.ts';
import { DEFAULT_RETRY_DAYS } from '#ledger/plans/plan.ts';
import { type Billed, statusOf } from './billed-subscription.ts';
import {
  afterAttempt,
  type Billing,
  type BillingTerms,
  type ChargeOutcome,
  closed,
  isCharged,
  type NextCharge,
} from './billing.ts';
import { orderOf } from './charge-order.ts';
import type { Subscription } from './subscription.ts';
import { paymentOf, type SubscriptionPayment } from './subscription-payment.ts';

/** A subscription after a charge, with the payment if the outcome is known. */
export interface Renewed extends Billed {
  payment: SubscriptionPayment | null;
}

/** Stages a new subscription with its billing. */
export type StageNew = (created: Billed) => void;

/** Stages everything that follows from the outcome of an attempt. */
export async function record(
  context: LedgerContext,
  { subscription, billing }: Billed,
  outcome: ChargeOutcome,
  order: Order | null,
  stageNew: StageNew | null = null,
): Promise<Renewed> {
  const { next } = billing;
  if (next === null) throw new Error('An outcome of no charge');
  const { billing: terms } = subscription;
  const retryDays = isCharged(outcome) ? DEFAULT_RETRY_DAYS : await retryDaysOf(context, terms);
  const now = isoNow(context);
  const after = afterAttempt(billing, terms, outcome, retryDays, now);
  const payment = {
    ...paymentOf(subscription.id, terms, next.number),
    attempt: next.attempt,
    outcome,
    charge:
      order === null
        ? null
        : { order: order.uuid, transaction: next.transaction, card: terms.card },
    chargedAt: now,
  };
  const written =
    stageNew === null
      ? stageBilling(context, subscription, after)
      : { subscription: { ...subscription, status: statusOf(terms, after) }, billing: after };
  stageNew?.(written);
  context.work.stage({ change: 'subscription_payment', payment });
  stageReport(context, subscription, next, payment, order);
  return { ...written, payment };
}

/** The product's present setting, not the one at the time of the subscription. */
async function retryDaysOf(context: LedgerContext, { plan }: BillingTerms): Promise<number> {
  const { externalId } = plan.product;
  const { product } = await context.store.read(context.merchant, { product: externalId });
  return product?.retryDays ?? DEFAULT_RETRY_DAYS;
}

/** Stages the end of a cancelled subscription of which no charge is under way. */
export function closeBilling(context: LedgerContext, { subscription, billing }: Billed): Renewed {
  const written = stageBilling(context, subscription, closed(billing, isoNow(context)));
  return { ...written, payment: null };
}

/** Stages a billing as its next version, and the subscription if its status changes with it. */
export function stageBilling(
  context: LedgerContext,
  subscription: Billed['subscription'],
  after: Billing,
  details: Subscription['details'] = subscription.details,
): Billed {
  const { work, merchant } = context;
  const billing = { ...after, version: after.version + 1 };
  work.stage({ change: 'billing', billing, testClock: merchant.testClock });
  const status = statusOf(subscription.billing, billing);
  if (status === subscription.status) return { subscription, billing };
  const changed = {
    ...subscription,
    version: subscription.version + 1,
    status,
    details,
    updatedAt: billing.updatedAt,
  };
  work.stage({ change: 'subscription', subscription: changed, before: subscription });
  return { subscription: changed, billing };
}

/** Stages the notification for the product's notification URL. */
function stageReport(
  context: LedgerContext,
  { billing: terms }: Billed['subscription'],
  next: NextCharge,
  payment: SubscriptionPayment,
  order: Order | null,
): void {
  const { product, externalId: plan } = terms.plan;
  const id = objectIdFromUuid(derivedUuid(next.transaction, 2));
  if (product.notifyUrl === null || id === null) return;
  const realNow = new Date(context.realNowMs()).toISOString();
  const currency = order?.currency ?? defaultService(context.merchant).currency;
  context.work.stage({
    change: 'notification',
    orderUuid: orderOf(next),
    notification: {
      id,
      version: 1,
      url: product.notifyUrl,
      order: null,
      charge: {
        payment,
        plan,
        product: product.externalId,
        subscriber: terms.subscriber,
        currency,
      },
      state: 'due',
      createdAt: realNow,
      dueAt: realNow,
      attempts: [],
    },
  });
}
