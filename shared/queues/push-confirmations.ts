import * as z from 'zod/mini';

/** A message of the `push-confirmations` queue: names an order that waits for its payer. */
export const pushConfirmationMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  order: z.string(),
});
