import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { NotificationRef } from '../ledger/notification.ts';

/** A message of the `notifications` queue: names an outbox entry to deliver. */
export const notificationMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  order: z.string(),
  id: z.string(),
  attempt: z.int(),
});

/** SQS takes so many messages in one call. */
const BATCH = 10;

/** Sends outbox entries to the queue, after so many seconds (0 to 900). */
export type Publish = (refs: readonly NotificationRef[], delaySeconds?: number) => Promise<void>;

/**
 * A publisher for the queue of the settings. Without a queue nothing is sent: the schedule finds
 * the entries.
 */
export function notificationPublisher(settings: {
  NOTIFICATIONS_QUEUE_URL?: string | undefined;
  SQS_ENDPOINT?: string | undefined;
}): Publish {
  const { NOTIFICATIONS_QUEUE_URL: QueueUrl, SQS_ENDPOINT: endpoint } = settings;
  if (QueueUrl === undefined) return async () => {};
  const client = new SQSClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000 },
  });
  return async (refs, delaySeconds = 0) => {
    for (let start = 0; start < refs.length; start += BATCH) {
      const Entries = refs.slice(start, start + BATCH).map((ref, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(ref),
        DelaySeconds: delaySeconds,
      }));
      const { Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed !== undefined && Failed.length > 0) throw new Error('SQS refused a message');
    }
  };
}
