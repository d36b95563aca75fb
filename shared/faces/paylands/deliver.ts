import { postJson } from '#delivery/http-post.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { type Merchant, nowOf } from '#ledger/core/merchant.ts';
import {
  afterAttempt,
  type DeliveryAttempt,
  type Notification,
  type NotificationRef,
  refOf,
} from '#ledger/outbox/notification.ts';
import { originOf, type Receiver } from '#ledger/outbox/receiver.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { notificationBody } from './notification.ts';

/** The longest that SQS keeps a message back; later attempts are queued by the schedule. */
const MAX_DELAY_SECONDS = 900;

/** A notification that is due, what is known of its receiver, and its merchant. */
export interface Delivery {
  ref: NotificationRef;
  notification: Notification;
  receiver: Receiver | null;
  origin: string;
  merchant: Merchant;
}

/** What a message is about; null for one that is out of date, or is asked to come later. */
export async function openDelivery(
  runtime: Runtime,
  ref: NotificationRef,
): Promise<Delivery | null> {
  const { store, access } = runtime;
  const key = { order: ref.order, id: ref.id };
  const read = await store.read(ref, { notification: key, receiver: ref.receiver ?? NOBODY });
  const { notification } = read;
  if (notification?.state !== 'due' || notification.attempts.length !== ref.attempt) return null;
  const waitMs = Date.parse(notification.onDemand?.notBefore ?? '') - runtime.realNowMs();
  if (waitMs > 0) {
    await runtime.publish([ref], Math.min(MAX_DELAY_SECONDS, Math.ceil(waitMs / 1000)));
    return null;
  }
  const origin = originOf(notification.url);
  const isKnown = origin === ref.receiver;
  const { receiver } = isKnown ? read : await store.read(ref, { receiver: origin });
  const merchant = await access.findMerchant(ref);
  return merchant === null ? null : { ref, notification, receiver, origin, merchant };
}

/** Of messages that do not say who receives them. */
const NOBODY = '-';

/** Posts a notification to the order's `url_post` (contract B). */
export async function post(
  runtime: Runtime,
  { notification, merchant }: Delivery,
  timeoutMs: number,
): Promise<DeliveryAttempt> {
  const nowMs = runtime.realNowMs();
  const body = notificationBody(notification, merchant, {
    escapeSlashes: runtime.settings.ESCAPE_SLASHES,
    nowMs: nowOf(merchant, nowMs),
  });
  const { post: send = postJson } = runtime;
  const allowPrivate = runtime.settings.ALLOW_PRIVATE_ADDRESSES;
  const { url, attempts, onDemand } = notification;
  const result = await send(url, body, { timeoutMs, allowPrivate });
  if (onDemand?.twice && attempts.length === 0) await send(url, body, { timeoutMs, allowPrivate });
  return { at: new Date(nowMs).toISOString(), ...result };
}

/** Keeps what came of an attempt, and queues the next one if there is one soon. */
export async function record(
  runtime: Runtime,
  { ref, notification }: Delivery,
  attempt: DeliveryAttempt,
): Promise<void> {
  const nowMs = runtime.realNowMs();
  const delays = runtime.settings.NOTIFICATION_RETRY_SECONDS;
  const next = {
    ...afterAttempt(notification, attempt, delays, nowMs),
    version: notification.version + 1,
  };
  try {
    const change = { change: 'notification', orderUuid: ref.order, notification: next } as const;
    await runtime.store.commit(ref, [change]);
  } catch (error) {
    // The same attempt was recorded by a duplicate of the message.
    if (error instanceof LostRace) return;
    throw error;
  }
  const delay = next.dueAt === null ? null : (Date.parse(next.dueAt) - nowMs) / 1000;
  if (delay === null || delay > MAX_DELAY_SECONDS) return;
  await runtime.publish([refOf(ref, ref.order, next)], Math.ceil(delay));
}

/** Remembers something of a receiver; false when somebody else was quicker. */
export async function remember(
  runtime: Runtime,
  { ref }: Delivery,
  receiver: Receiver,
): Promise<boolean> {
  try {
    await runtime.store.commit(ref, [{ change: 'receiver', receiver }]);
    return true;
  } catch (error) {
    if (error instanceof LostRace) return false;
    throw error;
  }
}
