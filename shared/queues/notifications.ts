import type { NotificationRef } from '#ledger/outbox/notification.ts';
import { type Publish as PublishTo, publisher, type QueueGuard } from './publisher.ts';

/** Sends outbox entries to their queues, after so many seconds (0 to 900). */
export type Publish = PublishTo<NotificationRef>;

/**
 * A publisher for the queues of the settings: `notifications` for what is sent to receivers that
 * answer in time, `slow-notifications` for all that may take longer, so that the first never
 * waits for the second.
 */
export function notificationPublisher(
  settings: {
    NOTIFICATIONS_QUEUE_URL?: string | undefined;
    SLOW_NOTIFICATIONS_QUEUE_URL?: string | undefined;
    SQS_ENDPOINT?: string | undefined;
  },
  guard: QueueGuard | null = null,
): Publish {
  const { NOTIFICATIONS_QUEUE_URL, SLOW_NOTIFICATIONS_QUEUE_URL, SQS_ENDPOINT } = settings;
  const quick = publisher<NotificationRef>(
    'notifications',
    NOTIFICATIONS_QUEUE_URL,
    SQS_ENDPOINT,
    guard,
  );
  const slow = publisher<NotificationRef>(
    'slow-notifications',
    SLOW_NOTIFICATIONS_QUEUE_URL,
    SQS_ENDPOINT,
    guard,
  );
  return async (refs, delaySeconds) => {
    const isSlow = (ref: NotificationRef) => ref.isSlow === true;
    await quick(
      refs.filter((ref) => !isSlow(ref)),
      delaySeconds,
    );
    await slow(refs.filter(isSlow), delaySeconds);
  };
}
