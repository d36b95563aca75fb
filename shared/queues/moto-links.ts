import * as z from 'zod/mini';

/** A message of the `moto-links` queue: names the links of a campaign that are sent next. */
export const linksMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  campaign: z.string(),
  from: z.int(),
});
