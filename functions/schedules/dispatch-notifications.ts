import type { Tenant } from '#ledger/core/merchant.ts';
import type { DueItem } from '#ledger/core/store.ts';
import { refOf } from '#ledger/outbox/notification.ts';
import { schedule } from '#operation/declare/schedule.ts';
import { claimMs } from '#operation/execution/claim.ts';
import { dispatch } from '#operation/execution/dispatch.ts';

/**
 * Queues notifications that are due: those whose next attempt is further away than a queue can
 * delay it, and those that never reached the queue. Each is claimed by moving its due time, which
 * is moved back when the queue does not take it.
 */
const dispatchNotifications = schedule({
  name: 'dispatchNotifications',
  summary: 'Queue notifications that are due',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: { ledger: ['update', 'query due'], sends: ['notifications', 'slow-notifications'] },
  handle: async (runtime, remainingMs, { isRestart }) => {
    const graceMs = runtime.settings.RECOVER_AFTER_SECONDS * 1000;
    const known = new Map<string, Promise<boolean>>();
    const isKnown = (tenant: Tenant) => {
      const name = `${tenant.environment}#${tenant.merchant}`;
      const found =
        known.get(name) ?? runtime.access.findMerchant(tenant).then((one) => one !== null);
      known.set(name, found);
      return found;
    };
    const claim = async (item: DueItem<'notify'>, dueMs: number) => {
      const { tenant, order } = item;
      if (!(await isKnown(tenant))) return [];
      const window = { dueMs, untilMs: runtime.realNowMs() + claimMs(runtime.settings) };
      const notification = await runtime.store.claimNotification(tenant, item, window);
      if (notification?.state !== 'due') return [];
      const giveBack = () => runtime.store.returnNotification(tenant, item, window);
      return [{ ref: refOf(tenant, order, notification), giveBack }];
    };
    await dispatch(runtime, remainingMs, {
      kind: 'notify',
      graceMs: isRestart ? 0 : graceMs,
      async queue(items, dueMs) {
        const claims = await Promise.allSettled(items.map((item) => claim(item, dueMs)));
        const claimed = claims.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
        try {
          await runtime.publish(claimed.map(({ ref }) => ref));
        } catch (error) {
          await Promise.all(claimed.map(({ giveBack }) => giveBack()));
          throw error;
        }
        for (const one of claims) if (one.status === 'rejected') throw one.reason;
      },
    });
  },
});

export default dispatchNotifications;
export const { handler } = dispatchNotifications;
