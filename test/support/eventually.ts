import { vi } from 'vitest';

/**
 * Waits until a check passes; the result is what it returns. The limit is for what never happens,
 * however slow the machine: below that of the tests, so that a failure says what did not happen.
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 60_000, interval: 25 });
}
