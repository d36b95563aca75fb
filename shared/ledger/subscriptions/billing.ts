import { createHash } from 'node:crypto';
import {
  type ObjectId,
  objectIdFloor,
  type TransactionUuid,
  type Uuid,
  uuidFromObjectId,
} from '#ledger/core/ids.ts';
import type { Plan } from '#ledger/plans/plan.ts';
import { addPeriods, chargeTime, type Period } from './calendar.ts';

/**
 * The fixed terms of a subscription: what it charges, when and how often. Times are ISO 8601 UTC.
 */
export interface BillingTerms {
  plan: Plan;
  /** The subscriber, by the merchant's own id. */
  subscriber: string;
  /** The customer whose card is charged: mostly the subscriber. */
  payer: string;
  intent: 'sale' | 'hold';
  /** The service and the card as the merchant named them; a charge fails if they do not exist. */
  service: string;
  card: string;
  additional: string | null;
  /** Where the notifications of its orders are posted. */
  notifyUrl: string | null;
  /** When the first charge is due, from which all others are counted. */
  firstAt: string;
  /** Whether the first charge waits for the end of the plan's trial. */
  isTrial: boolean;
  /** The time zone in which days, months and years are counted. */
  timeZone: string;
  /** The number of paid periods after which the subscription is complete; null for never. */
  totalPayments: number | null;
  /** The number of failed attempts in a row that ends the subscription. */
  maxAttempts: number;
}

/** The outcome of an attempt to charge; `failed` when no charge could be made at all. */
export type ChargeOutcome = 'paid' | 'held' | 'refused' | 'failed';

/** The next charge: the attempt of a period, and its identity at the acquirer. */
export interface NextCharge {
  /** 1 for the first period. */
  number: number;
  /** 1 for the first attempt of the period. */
  attempt: number;
  /** When it is due. */
  at: string;
  /** The UUID of its transaction, the same in every run that makes the charge. */
  transaction: TransactionUuid;
}

/** The part of a subscription that every charge changes. */
export interface Billing {
  subscription: ObjectId;
  version: number;
  state: 'running' | 'completed' | 'given_up' | 'cancelled';
  /** Periods that were paid. */
  paid: number;
  /** What became of the last attempt, or null before the first. */
  lastOutcome: ChargeOutcome | null;
  /**
   * The next charge. A cancelled subscription keeps it, not to make it, but because it may have
   * been under way at the cancellation, and its outcome has to be recorded.
   */
  next: NextCharge | null;
  updatedAt: string;
}

/** The billing of a new subscription, whose first charge has a given identity. */
export function beginBilling(
  subscription: ObjectId,
  terms: BillingTerms,
  transaction: TransactionUuid,
  now: string,
): Billing {
  return {
    subscription,
    version: 0,
    state: 'running',
    paid: 0,
    lastOutcome: null,
    next: { number: 1, attempt: 1, at: terms.firstAt, transaction },
    updatedAt: now,
  };
}

/** Whether the next charge is due, to be made or (after a cancellation) to be looked up. */
export function isDue({ next, state }: Billing, now: string): boolean {
  return next !== null && (state !== 'running' || next.at <= now);
}

/** When the schedule must look at it next; null for never. */
export function billingDueAt({ next, state, updatedAt }: Billing): string | null {
  if (next === null) return null;
  return state === 'running' ? next.at : updatedAt;
}

/** Whether an attempt brought a period's money, or will without another attempt. */
export function isCharged(outcome: ChargeOutcome): boolean {
  return outcome === 'paid' || outcome === 'held';
}

/**
 * The billing after its next charge was attempted: the next period, the next attempt some days
 * after now, or the end. One that was cancelled while the charge was under way stays cancelled.
 */
export function afterAttempt(
  billing: Billing,
  terms: BillingTerms,
  outcome: ChargeOutcome,
  retryDays: number,
  now: string,
): Billing {
  const { next, state } = billing;
  if (next === null) throw new Error('No charge was due');
  const paid = billing.paid + (isCharged(outcome) ? 1 : 0);
  const tried = { ...billing, paid, lastOutcome: outcome, updatedAt: now };
  if (state !== 'running') return { ...tried, next: null };
  if (!isCharged(outcome)) {
    if (next.attempt >= terms.maxAttempts) return { ...tried, state: 'given_up', next: null };
    const later: Period = { count: retryDays, unit: 'day' };
    return { ...tried, next: retryOf(billing.subscription, next, later, terms.timeZone, now) };
  }
  if (terms.totalPayments !== null && next.number >= terms.totalPayments) {
    return { ...tried, state: 'completed', next: null };
  }
  return { ...tried, next: periodOf(billing.subscription, terms, next.number + 1) };
}

/**
 * The billing after its cancellation; one that has ended is returned unchanged. If the next charge
 * may be under way, because it is due already by some function's clock, it is looked up before the
 * billing is closed.
 */
export function cancelled(billing: Billing, now: string): Billing {
  if (billing.state !== 'running') return billing;
  return { ...billing, state: 'cancelled', updatedAt: now };
}

/** The closed billing of a cancelled subscription, when no charge was under way. */
export function closed(billing: Billing, now: string): Billing {
  return { ...billing, next: null, updatedAt: now };
}

/** The first charge of a period. */
function periodOf(subscription: ObjectId, terms: BillingTerms, number: number): NextCharge {
  const { firstAt, plan, timeZone } = terms;
  const atMs = chargeTime(Date.parse(firstAt), plan.period, number, timeZone);
  return charge(subscription, number, 1, atMs);
}

/** The next attempt of a period, counted from the last one or from now if that was late. */
function retryOf(
  subscription: ObjectId,
  { number, attempt, at }: NextCharge,
  later: Period,
  timeZone: string,
  now: string,
): NextCharge {
  const lastMs = Math.max(Date.parse(at), Date.parse(now));
  return charge(subscription, number, attempt + 1, addPeriods(lastMs, later, 1, timeZone));
}

function charge(subscription: ObjectId, number: number, attempt: number, atMs: number): NextCharge {
  const transaction = transactionOf(subscription, number, attempt, atMs);
  return { number, attempt, at: new Date(atMs).toISOString(), transaction };
}

/** A UUID that begins with its time, so that lists sort it there. */
function transactionOf(
  subscription: ObjectId,
  number: number,
  attempt: number,
  atMs: number,
): Uuid {
  const digest = createHash('sha256').update(`${subscription}#${number}#${attempt}`).digest('hex');
  return uuidFromObjectId(objectIdFloor(atMs).slice(0, 12) + digest.slice(0, 12));
}
