import * as z from 'zod/mini';

/** What an issue says when its schema has no words of its own. */
export const NO_WORDS = 'Invalid input';

/**
 * Parses what a client sent. What schemas have no words for, the face words by its kind; another
 * copy of the library in the process would set English sentences for all.
 */
export function parseInput<S extends z.ZodMiniType>(schema: S, value: unknown) {
  return z.safeParse(schema, value, { error: () => NO_WORDS });
}
