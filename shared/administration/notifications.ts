import type { Notification } from '#ledger/outbox/notification.ts';
import type { Publish } from '#queues/notifications.ts';
import { findOrder, type Stores, tenantOf } from './find.ts';

/**
 * Sends a notification again, whether or not it was delivered. The outbox entry is made due first,
 * so that the schedule finds it if the queue does not take it. Its attempts go on being counted: a
 * message that is still waiting in the queue becomes stale.
 * @throws when there is no such order or notification, or it is being delivered
 */
export async function resendNotification(
  stores: Stores & { publish: Publish },
  orderNamed: string | undefined,
  id: string,
): Promise<{ order: string; notification: Notification }> {
  const { merchant, order, notifications } = await findOrder(stores, orderNamed);
  const found = notifications.find((one) => one.id === id.toLowerCase());
  if (found === undefined) throw new Error(`The order has no notification "${id}"`);
  const tenant = tenantOf(merchant);
  const notification: Notification = {
    ...found,
    version: found.version + 1,
    state: 'due',
    dueAt: new Date().toISOString(),
  };
  const change = { change: 'notification', orderUuid: order.uuid, notification } as const;
  await stores.ledger.commit(tenant, [change]).catch((error: Error) => {
    if (error.name !== 'LostRace') throw error;
    throw new Error('It is being delivered at this moment: try again');
  });
  const attempt = notification.attempts.length;
  await stores.publish([{ ...tenant, order: order.uuid, id: notification.id, attempt }]);
  return { order: order.uuid, notification };
}
