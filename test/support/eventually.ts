import { vi } from 'vitest';

/** Waits until a check passes. The limit is for what never happens, however slow the machine. */
export function eventually(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 20_000, interval: 50 });
}
