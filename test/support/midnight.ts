import { setTimeout as sleep } from 'node:timers/promises';

const DAY_MS = 24 * 3_600_000;

/** Waits for tomorrow when it is near, so that what is counted by days happens on one of them. */
export async function notOverMidnight(): Promise<void> {
  const leftMs = DAY_MS - (Date.now() % DAY_MS);
  if (leftMs < 60_000) await sleep(leftMs);
}
