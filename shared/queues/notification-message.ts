import * as z from 'zod/mini';

/** A message of the notification queues: names an outbox entry to deliver. */
export const notificationMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  order: z.string(),
  id: z.string(),
  attempt: z.int(),
  receiver: z.optional(z.string()),
  isSlow: z.optional(z.boolean()),
});
