import * as z from 'zod/mini';

/** A message of the `batch-rows` queue: names a chunk of a file, or one row of it. */
export const chunkMessage = z.object({
  merchant: z.string(),
  environment: z.enum(['sandbox', 'live']),
  batch: z.string(),
  chunk: z.int(),
  line: z.nullable(z.int()),
});
