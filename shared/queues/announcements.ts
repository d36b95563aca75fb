import type { Announcement } from '#ledger/core/unit-of-work.ts';
import { type Publish, publisher, type QueueGuard } from './publisher.ts';

/** Sends messages to the queues that they name. */
export type Announce = (announcements: readonly Announcement[]) => Promise<void>;

/** A sender to the queues that a function may send to. */
export function announcer(
  settings: {
    DEVICE_PAYMENTS_QUEUE_URL?: string | undefined;
    SANDBOX_DEVICE_SECONDS: number;
    BATCH_ROWS_QUEUE_URL?: string | undefined;
    MOTO_LINKS_QUEUE_URL?: string | undefined;
    RENEWALS_QUEUE_URL?: string | undefined;
    SQS_ENDPOINT?: string | undefined;
  },
  guard: QueueGuard | null,
): Announce {
  const urls: Record<Announcement['queue'], string | undefined> = {
    'batch-rows': settings.BATCH_ROWS_QUEUE_URL,
    'device-payments': settings.DEVICE_PAYMENTS_QUEUE_URL,
    'moto-links': settings.MOTO_LINKS_QUEUE_URL,
    renewals: settings.RENEWALS_QUEUE_URL,
  };
  const publishers = new Map<string, Publish<Announcement['message']>>();
  const publisherOf = (queue: Announcement['queue']) => {
    const publish =
      publishers.get(queue) ?? publisher(queue, urls[queue], settings.SQS_ENDPOINT, guard);
    publishers.set(queue, publish);
    return publish;
  };
  return async (announcements) => {
    for (const queue of new Set(announcements.map((one) => one.queue))) {
      const own = announcements.filter((one) => one.queue === queue);
      // SQS delays by whole seconds, up to 15 minutes.
      const delay = Math.min(Math.ceil(settings.SANDBOX_DEVICE_SECONDS), 900);
      const messages = own.map(({ message }) => message);
      await publisherOf(queue)(messages, queue === 'device-payments' ? delay : 0);
    }
  };
}
