import * as z from 'zod/mini';
import type { NotificationRef } from '#ledger/outbox/notification.ts';
import { type Publish as PublishTo, publisher, type QueueGuard } from './publisher.ts';

/** A message of the `notifications` queue: names an outbox entry to deliver. */
export const notificationMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  order: z.string(),
  id: z.string(),
  attempt: z.int(),
});

/** Sends outbox entries to the queue, after so many seconds (0 to 900). */
export type Publish = PublishTo<NotificationRef>;

/** A publisher for the queue of the settings. */
export function notificationPublisher(
  settings: {
    NOTIFICATIONS_QUEUE_URL?: string | undefined;
    SQS_ENDPOINT?: string | undefined;
  },
  guard: QueueGuard | null = null,
): Publish {
  const { NOTIFICATIONS_QUEUE_URL, SQS_ENDPOINT } = settings;
  return publisher('notifications', NOTIFICATIONS_QUEUE_URL, SQS_ENDPOINT, guard);
}
