import * as z from 'zod/mini';

/** A message of the `renewals` queue: names a subscription whose charge is due. */
export const renewalMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  subscription: z.string(),
});

export type RenewalRef = z.output<typeof renewalMessage>;
