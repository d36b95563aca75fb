import { setTimeout as sleep } from 'node:timers/promises';
import type { ScheduleDeclaration } from '#operation/declare/declaration.ts';
import { errorFields, type Log } from '#operation/runtime/log.ts';
import { type CatalogEntry, invoke } from './functions.ts';
import type { Running } from './poller.ts';

/**
 * Runs a schedule at once, for what was left behind by the last run of this server, and then
 * again and again, never twice at a time.
 */
export function startSchedule(
  schedule: CatalogEntry<ScheduleDeclaration>,
  everySeconds: number | null,
  log: Log,
): Running {
  const stopping = new AbortController();
  const pauseMs = (everySeconds ?? schedule.declaration.everyMinutes * 60) * 1000;
  const loop = repeat(schedule, pauseMs, log, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

async function repeat(
  schedule: CatalogEntry<ScheduleDeclaration>,
  pauseMs: number,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  for (let isRestart = true; !signal.aborted; isRestart = false) {
    try {
      await invoke(schedule, { time: new Date().toISOString(), isRestart });
    } catch (error) {
      log('error', 'failed', { function: schedule.declaration.name, ...errorFields(error) });
    }
    await sleep(pauseMs, null, { signal }).catch(() => {});
  }
}
