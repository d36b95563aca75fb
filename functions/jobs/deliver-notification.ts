import { postJson } from '#delivery/http-post.ts';
import { notificationBody } from '#faces/paylands/notification.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { nowOf } from '#ledger/core/merchant.ts';
import {
  afterAttempt,
  type DeliveryAttempt,
  type Notification,
  type NotificationRef,
} from '#ledger/outbox/notification.ts';
import { job } from '#operation/declare/job.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { notificationMessage } from '#queues/notifications.ts';

/** A receiver that has not answered by then has failed (contract B.3). */
const TIMEOUT_MS = 10_000;

/** The longest that SQS keeps a message back; later attempts are queued by the schedule. */
const MAX_DELAY_SECONDS = 900;

/** Delivers an outbox entry to the order's `url_post` (contract B) and records the attempt. */
const deliverNotification = job({
  name: 'deliverNotification',
  summary: 'Deliver a notification',
  queue: 'notifications',
  batchSize: 10,
  timeoutSeconds: 30,
  grants: { ledger: 'write', key: true, sends: ['notifications'] },
  message: notificationMessage,
  async handle(ref, runtime) {
    const key = { order: ref.order, id: ref.id };
    const { notification } = await runtime.store.read(ref, { notification: key });
    if (notification?.state !== 'due' || notification.attempts.length !== ref.attempt) return;
    const attempt = await deliver(runtime, ref, notification);
    if (attempt !== null) await record(runtime, ref, notification, attempt);
  },
});

async function deliver(
  runtime: Runtime,
  ref: NotificationRef,
  notification: Notification,
): Promise<DeliveryAttempt | null> {
  const merchant = await runtime.access.findMerchant(ref);
  if (merchant === null) return null;
  const nowMs = runtime.realNowMs();
  const body = notificationBody(notification, merchant, {
    escapeSlashes: runtime.settings.ESCAPE_SLASHES,
    nowMs: nowOf(merchant, nowMs),
  });
  const { post = postJson } = runtime;
  const result = await post(notification.url, body, {
    timeoutMs: TIMEOUT_MS,
    allowPrivate: runtime.settings.ALLOW_PRIVATE_ADDRESSES,
  });
  return { at: new Date(nowMs).toISOString(), ...result };
}

async function record(
  runtime: Runtime,
  ref: NotificationRef,
  notification: Notification,
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
  await runtime.publish([{ ...ref, attempt: next.attempts.length }], Math.ceil(delay));
}

export default deliverNotification;
export const { handler } = deliverNotification;
