import { createHash } from 'node:crypto';
import {
  type ObjectId,
  type OrderUuid,
  objectIdFloor,
  type TransactionUuid,
} from '#ledger/core/ids.ts';
import type { Currency } from '#ledger/orders/order.ts';
import type { BillingTerms, ChargeOutcome } from './billing.ts';
import { chargeTime } from './calendar.ts';

/** The payment of a period: what became of the last attempt to charge it. */
export interface SubscriptionPayment {
  id: ObjectId;
  subscription: ObjectId;
  /** Of the period, from 1. */
  number: number;
  /** The attempt that it tells of, from 1. */
  attempt: number;
  outcome: ChargeOutcome;
  /** Minor units. */
  amount: number;
  /** The charge, or null when none could be made. */
  charge: { order: OrderUuid; transaction: TransactionUuid; card: string } | null;
  /** When the attempt was made. */
  chargedAt: string;
  /** When the period was to be paid. */
  dueAt: string;
}

/** The content of a notification about an attempt to charge. */
export interface ChargeReport {
  payment: SubscriptionPayment;
  plan: string;
  product: string;
  subscriber: string;
  currency: Currency;
}

/** The parts of a period's payment that follow from the terms alone; its id sorts by the due time. */
export function paymentOf(
  subscription: ObjectId,
  terms: BillingTerms,
  number: number,
): Pick<SubscriptionPayment, 'id' | 'subscription' | 'number' | 'amount' | 'dueAt'> {
  const { firstAt, plan, timeZone } = terms;
  const dueMs = chargeTime(Date.parse(firstAt), plan.period, number, timeZone);
  const digest = createHash('sha256').update(`${subscription}#${number}`).digest('hex');
  return {
    id: objectIdFloor(dueMs).slice(0, 12) + digest.slice(0, 12),
    subscription,
    number,
    amount: plan.amount,
    dueAt: new Date(dueMs).toISOString(),
  };
}
