import type { Card } from '#ledger/cards/card.ts';
import type { CardUuid, MerchantUuid, ObjectId, OrderUuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { ChargeReport } from '#ledger/subscriptions/subscription-payment.ts';
import { originOf } from './receiver.ts';

/** One try to deliver a notification. */
export interface DeliveryAttempt {
  at: string;
  /** The HTTP status, or null when there was no answer. */
  status: number | null;
  durationMs: number;
  error: string | null;
}

export type NotificationState = 'due' | 'delivered' | 'given_up';

/**
 * The outbox entry of a state change: written in the transaction of the change, delivered to the
 * order's `notifyUrl` afterwards, at least once.
 */
export interface Notification {
  id: ObjectId;
  version: number;
  url: string;
  /** The order after the change, if the notification is about an order. */
  order: Order | null;
  /** The card, if the notification is about its validation. */
  card?: Card;
  /** The result, if the notification is about a subscription's charge. */
  charge?: ChargeReport;
  state: NotificationState;
  createdAt: string;
  /** When the next attempt is due, in real time. */
  dueAt: string | null;
  attempts: DeliveryAttempt[];
  /** The faults that the sandbox was asked for: delivery twice, or late. */
  onDemand?: { twice: boolean; notBefore: string };
}

/** What a notification is about: an order or, where a card was validated, the card. */
export type NotifiedUuid = OrderUuid | CardUuid;

/** Names a notification in a queue. */
export interface NotificationRef {
  merchant: MerchantUuid;
  environment: 'sandbox' | 'live';
  order: NotifiedUuid;
  id: ObjectId;
  /**
   * How many attempts had been made when it was queued; messages with an older count are dropped.
   */
  attempt: number;
  /** The origin of its receiver, so that the receiver's record is read in the same batch. */
  receiver?: string | undefined;
  /** Whether it goes to the queue of slow receivers. */
  isSlow?: boolean | undefined;
}

/** Names a notification to queue. */
export function refOf(
  { merchant, environment }: Pick<NotificationRef, 'merchant' | 'environment'>,
  order: NotifiedUuid,
  { id, attempts, url }: Notification,
): NotificationRef {
  const attempt = attempts.length;
  // Who has failed once may fail again: the first attempts of others do not wait for that.
  const isSlow = attempt > 0;
  return { merchant, environment, order, id, attempt, receiver: originOf(url), isSlow };
}

/** The entry after an attempt: delivered, due again after the next delay, or given up. */
export function afterAttempt(
  notification: Notification,
  attempt: DeliveryAttempt,
  retryDelaysSeconds: readonly number[],
  nowMs: number,
): Notification {
  const attempts = [...notification.attempts, attempt];
  const next = { ...notification, attempts };
  if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
    return { ...next, state: 'delivered', dueAt: null };
  }
  const delay = retryDelaysSeconds[attempts.length - 1];
  if (delay === undefined) return { ...next, state: 'given_up', dueAt: null };
  return { ...next, dueAt: new Date(nowMs + delay * 1000).toISOString() };
}
