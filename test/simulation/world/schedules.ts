import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import type { DueKind } from '#ledger/core/store.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What each schedule looks for in the `due` index. */
const LOOKS_FOR: Readonly<Record<string, readonly DueKind[]>> = {
  dispatchNotifications: ['notify'],
  expireOrders: ['expire'],
  queueRenewals: ['renew'],
  recoverPayments: ['recover'],
  runBatches: ['start_batch', 'watch_batch'],
  sendMessages: ['message'],
  watchCampaigns: ['watch_campaign'],
};

/** More than a shop's own clock is ever ahead. */
const MOST_AHEAD_MS = 14 * DAY_MS;

const SCHEDULES = functionsOf(catalog, 'schedule').map((entry) => {
  const { name } = entry.declaration;
  const kinds = LOOKS_FOR[name];
  if (kinds === undefined) throw new Error(`Nobody has said what ${name} looks for`);
  return { entry, kinds };
});

/** Has every schedule run about once a minute, and beside itself, until the promise is done. */
export async function keepSchedulesRunning(world: World, until: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  until.then(over, over);
  const loops = SCHEDULES.map(async ({ entry }) => {
    while (!isOver) {
      await world.time.wait(world.latency.between(0.5, 1.5) * MINUTE_MS);
      // Not waited for: the next run may begin before this one has ended.
      void world.lambdas.invoke(entry, {});
    }
  });
  await Promise.all([until, ...loops]);
}

/** Has those schedules run once that find something: most of the time of a run went to the others. */
export async function runDueSchedules(world: World): Promise<void> {
  const due = kindsDue(world);
  const found = SCHEDULES.filter(({ kinds }) => kinds.some((kind) => due.has(kind)));
  await Promise.all(found.map(({ entry }) => world.lambdas.invoke(entry, {})));
}

/** The kinds of work that any clock in the world may call due. */
function kindsDue({ engine, time }: World): Set<string> {
  const kinds = new Set<string>();
  for (const { dueKey, dueAt } of engine.tables.get('ledger')?.all() ?? []) {
    const [kind = '', shard = ''] = dueKey?.S?.split('#') ?? [];
    // The schedules look with clocks that are off by seconds.
    const aheadMs = /^\d$/.test(shard) ? MINUTE_MS : MOST_AHEAD_MS;
    if (dueAt?.S !== undefined && Date.parse(dueAt.S) <= time.nowMs + aheadMs) kinds.add(kind);
  }
  return kinds;
}
