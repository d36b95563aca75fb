import { Command } from 'commander';
import { resendNotification } from '#administration/notifications.ts';
import { action } from './action.ts';

/** `notification resend` */
export function notificationCommand(): Command {
  const command = new Command('notification').description('notifications of orders');
  command
    .command('resend <order> <notification>')
    .description('send a notification again, whether or not it was delivered')
    .action(resend);
  return command;
}

const resend = action(async ({ target, args: [text, id = ''] }) => {
  const { order, notification } = await resendNotification(target, text, id);
  const { url, attempts } = notification;
  return {
    json: { order, notification: notification.id, url, attempt: attempts.length },
    text: `Attempt ${attempts.length + 1} at ${url} is due now.`,
  };
});
