import { type Card, snapshotOf } from '#ledger/cards/card.ts';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import {
  derivedUuid,
  objectIdFromUuid,
  type TransactionUuid,
  type Uuid,
} from '#ledger/core/ids.ts';
import { defaultService } from '#ledger/core/services.ts';
import { type Order, transactionOf } from '#ledger/orders/order.ts';
import { draftOrder } from '#ledger/orders/order-commands.ts';
import { WITHOUT_PAGE } from '#ledger/orders/plain-draft.ts';
import { beginCharge } from '#ledger/payments/begin-transaction.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import { runTransaction } from '#ledger/payments/run-transaction.ts';
import { DEFAULT_RETRY_DAYS } from '#ledger/plans/plan.ts';
import { type Billed, channelOf, contactOf, statusOf } from './billed-subscription.ts';
import {
  afterAttempt,
  type Billing,
  type BillingTerms,
  type ChargeOutcome,
  closed,
  isCharged,
  isDue,
  type NextCharge,
} from './billing.ts';
import type { Subscription } from './subscription.ts';
import { paymentOf, type SubscriptionPayment } from './subscription-payment.ts';

/** A subscription after a charge, with the payment if the outcome is known. */
export interface Renewed extends Billed {
  payment: SubscriptionPayment | null;
}

/**
 * Makes the charge of a subscription that is due, in the phases of every transaction (see
 * `runTransaction`), as the work whose identity is that charge's:
 *
 *   intent ── the order with its pending transaction, if its place is free
 *   ask the acquirer
 *   outcome ── order, payment, the billing's next charge, who is told
 *
 * Whoever comes second finds the order and asks what became of its transaction, or finds that the
 * billing has moved on and does nothing. A billing whose outcome nobody knows yet stays due. Who
 * decides that there will be no charge takes the place of its order (`barOrder`), so that the
 * intent of somebody who has read the billing before fails.
 * @throws LedgerError acquirer_not_configured
 */
export async function renew(context: LedgerContext, kept: Billed): Promise<Renewed> {
  const { subscription, billing } = kept;
  const { next } = billing;
  if (next === null || !isDue(billing, isoNow(context))) return { ...kept, payment: null };
  const { order: known, card } = await context.store.read(context.merchant, {
    order: orderOf(next),
    card: subscription.billing.card,
  });
  if (known === null && billing.state !== 'running') return close(context, kept);
  const order = known ?? newOrder(context, kept, next, card);
  if (typeof order !== 'string') return charge(context, kept, order, card);
  // Who has read the card in time may be about to charge it.
  if (order === 'failed') barOrder(context, next);
  return record(context, kept, order, null);
}

/** Stages that the order of a charge will not be made. */
export function barOrder(context: LedgerContext, next: NextCharge): void {
  const keptUntil = Math.ceil(context.realNowMs() / 1000) + BARRED_SECONDS;
  context.work.stage({ change: 'order_barred', order: orderOf(next), keptUntil });
}

/** Much longer than any function runs. */
const BARRED_SECONDS = 86_400;

/** The order of a charge. */
export function orderOf({ transaction }: NextCharge): Uuid {
  return derivedUuid(transaction, 1);
}

/** Stages a new subscription with its billing. */
type StageNew = (created: Billed) => void;

/**
 * Runs the transaction of a charge and records its outcome, if it is known. That of a new
 * subscription is created with the intent.
 */
export async function charge(
  context: LedgerContext,
  kept: Billed,
  order: Order,
  card: Card | null,
  stageNew: StageNew | null = null,
): Promise<Renewed> {
  const { work } = context;
  const { subscription, billing } = kept;
  if (billing.next?.transaction !== work.attempt) throw new Error('Not the work of this charge');
  const written = await runTransaction(context, order, (attempt) => {
    if (card === null) throw new Error('A charge without a card');
    stageNew?.(kept);
    const conditions = { ...PLAIN_CONDITIONS, channel: 'recurring' as const };
    return { order: beginCharge(order, snapshotOf(card), attempt, conditions), card };
  });
  const outcome = outcomeOf(written, work.attempt);
  if (outcome === null) return { ...kept, payment: null };
  if (written.version === 1) {
    // Stopped before it was sent: intent and outcome are one write.
    for (const kind of ['billing', 'subscription'] as const) work.withdraw(kind);
    return record(context, kept, outcome, written, stageNew);
  }
  const version = stageNew === null ? billing.version : 1;
  return record(context, { subscription, billing: { ...billing, version } }, outcome, written);
}

/** The order of a charge that is to be made, or what becomes of it without one. */
export function newOrder(
  context: LedgerContext,
  { subscription }: Billed,
  next: NextCharge,
  card: Card | null,
): Order | 'paid' | 'failed' {
  const { billing: terms, id } = subscription;
  const isPayable = card?.customer === terms.payer;
  if (!isPayable || !context.merchant.services.some(({ uuid }) => uuid === terms.service)) {
    return 'failed';
  }
  const { amount, name, product } = terms.plan;
  // Nothing is paid by asking nobody.
  if (amount === 0) return 'paid';
  const draft = {
    intent: terms.intent,
    amount,
    service: terms.service,
    customer: terms.payer,
    description: `${product.name}: ${name}`,
    additional: terms.additional,
    notifyUrl: terms.notifyUrl,
    purchase: {
      contact: contactOf(terms),
      channel: channelOf(terms),
      items: [],
      summary: { subtotal: amount, discount: 0, tax: null, shipping: null },
      taxes: [],
      coupon: null,
      subscription: id,
      createdBy: null,
    },
    ...WITHOUT_PAGE,
    saveCard: true,
    extraData: null,
    expiresInSeconds: OPEN_SECONDS,
  };
  return draftOrder(context, draft, orderOf(next));
}

/** Nobody but the renewal pays its order. */
const OPEN_SECONDS = 3600;

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

function close(context: LedgerContext, { subscription, billing }: Billed): Renewed {
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

function outcomeOf(order: Order, transaction: TransactionUuid): ChargeOutcome | null {
  const made = transactionOf(order, transaction);
  if (made === null || made.status === 'pending') return null;
  if (made.status !== 'succeeded') return 'refused';
  return made.kind === 'hold' ? 'held' : 'paid';
}
