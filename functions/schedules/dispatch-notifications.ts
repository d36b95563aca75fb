import { schedule } from '#operation/declare/schedule.ts';
import { sweep } from '#operation/execution/sweep.ts';

/**
 * Queues notifications that are due: those whose next attempt is further away than a queue can
 * delay it, and those that never reached the queue. Each is claimed by moving its due time.
 */
const dispatchNotifications = schedule({
  name: 'dispatchNotifications',
  summary: 'Queue notifications that are due',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: { ledger: ['read', 'put', 'query due'], sends: ['notifications', 'slow-notifications'] },
  handle: (runtime, remainingMs, { isRestart }) => {
    const claimMs = runtime.settings.RECOVER_AFTER_SECONDS * 1000;
    return sweep(runtime, remainingMs, {
      kind: 'notify',
      graceMs: isRestart ? 0 : claimMs,
      async handle(context, { tenant, order, notification: id }) {
        const key = { order, id };
        const { notification } = await context.store.read(tenant, { notification: key });
        if (notification === null || notification.state !== 'due') return;
        const dueAt = new Date(context.realNowMs() + claimMs).toISOString();
        const claimed = { ...notification, dueAt, version: notification.version + 1 };
        context.work.stage({ change: 'notification', orderUuid: order, notification: claimed });
      },
    });
  },
});

export default dispatchNotifications;
export const { handler } = dispatchNotifications;
