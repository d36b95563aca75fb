import { vi } from 'vitest';

/** Does something when so many milliseconds have gone by. */
export async function inTheFuture<T>(ms: number, run: () => Promise<T>): Promise<T> {
  const now = Date.now.bind(Date);
  const spy = vi.spyOn(Date, 'now').mockImplementation(() => now() + ms);
  try {
    return await run();
  } finally {
    spy.mockRestore();
  }
}
