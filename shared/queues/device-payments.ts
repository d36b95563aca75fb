import * as z from 'zod/mini';

/** A message of the `device-payments` queue: names a transaction that a terminal works on. */
export const devicePaymentMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  order: z.string(),
  transaction: z.string(),
});
