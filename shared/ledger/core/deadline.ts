/** How long a piece of work may still take; below zero its time is over. */
export interface Deadline {
  remainingMs(): number;
}

/** A deadline so many milliseconds from now. */
export function deadlineIn(ms: number): Deadline {
  const end = performance.now() + ms;
  return { remainingMs: () => end - performance.now() };
}

/** The result of a promise if it settles in time, else `other`; a later result is ignored. */
export async function within<T>(promise: Promise<T>, ms: number, otherwise: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve, reject) => {
    timer = setTimeout(
      () => {
        try {
          resolve(otherwise());
        } catch (error) {
          reject(error);
        }
      },
      Math.max(0, ms),
    );
  });
  // Nobody waits for it any more when it fails later.
  promise.catch(() => {});
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
