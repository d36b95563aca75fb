import type { Announcement } from '#ledger/core/unit-of-work.ts';
import { type Publish, publisher } from './publisher.ts';

/** Sends messages to the queues that they name. */
export type Announce = (announcements: readonly Announcement[]) => Promise<void>;

type QueueUrls = Partial<Record<Announcement['queue'], string | undefined>>;

/** A sender to the queues that a function may send to; others are left to the schedules. */
export function announcer(settings: {
  BATCH_ROWS_QUEUE_URL?: string | undefined;
  SQS_ENDPOINT?: string | undefined;
}): Announce {
  const urls: QueueUrls = { 'batch-rows': settings.BATCH_ROWS_QUEUE_URL };
  const publishers = new Map<string, Publish<Announcement['message']>>();
  return async (announcements) => {
    const queues = [...new Set(announcements.map(({ queue }) => queue))];
    for (const queue of queues) {
      const publish = publishers.get(queue) ?? publisher(urls[queue], settings.SQS_ENDPOINT);
      publishers.set(queue, publish);
      const own = announcements.filter((one) => one.queue === queue);
      await publish(own.map(({ message }) => message));
    }
  };
}
