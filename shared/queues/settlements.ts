import * as z from 'zod/mini';

/** A message of the `push-settlements` queue: names an order that waits for its payer. */
export const settlementMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  order: z.string(),
});
