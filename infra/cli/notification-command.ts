import { Command } from 'commander';
import { action } from './action.ts';
import { findOrder, tenantOf } from './find.ts';

/** `notification resend` */
export function notificationCommand(): Command {
  const command = new Command('notification').description('notifications of orders');
  command
    .command('resend <order> <notification>')
    .description('send a notification again, whether or not it was delivered')
    .action(resend);
  return command;
}

/**
 * Makes the outbox entry due first, so that the schedule finds it if the queue does not take it.
 * Its attempts go on being counted: a message that is still waiting in the queue becomes stale.
 */
const resend = action(async ({ target, args: [text, id = ''] }) => {
  const { merchant, order, notifications } = await findOrder(target, text);
  const found = notifications.find((one) => one.id === id.toLowerCase());
  if (found === undefined) throw new Error(`The order has no notification "${id}"`);
  const tenant = tenantOf(merchant);
  const notification = {
    ...found,
    version: found.version + 1,
    state: 'due' as const,
    dueAt: new Date().toISOString(),
  };
  const change = { change: 'notification', orderUuid: order.uuid, notification } as const;
  await target.ledger.commit(tenant, [change]).catch((error: Error) => {
    if (error.name !== 'LostRace') throw error;
    throw new Error('It is being delivered at this moment: try again');
  });
  const attempt = notification.attempts.length;
  await target.publish([{ ...tenant, order: order.uuid, id: notification.id, attempt }]);
  return {
    json: { order: order.uuid, notification: notification.id, url: notification.url, attempt },
    text: `Attempt ${attempt + 1} at ${notification.url} is due now.`,
  };
});
