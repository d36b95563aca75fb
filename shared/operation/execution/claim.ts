import type { Settings } from '#operation/runtime/settings.ts';

/** A message may wait so many times longer in its queue than a transaction takes. */
const PATIENCE = 10;

/**
 * For how long work that a schedule has queued is left to its queue, in milliseconds: long enough
 * for a backlog, whose messages must not be queued again while they wait.
 */
export function claimMs({
  RECOVER_AFTER_SECONDS,
}: Pick<Settings, 'RECOVER_AFTER_SECONDS'>): number {
  return PATIENCE * RECOVER_AFTER_SECONDS * 1000;
}
