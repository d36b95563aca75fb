import { Command } from 'commander';
import { type FoundOrder, findOrder } from '#administration/find.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import { action } from './action.ts';
import { formatAmount } from './money.ts';
import { fields, table } from './report.ts';

/** `order show` */
export function orderCommand(): Command {
  const command = new Command('order').description('orders');
  command
    .command('show <order>')
    .description('show an order, by uuid, reference or token, with all that happened to it')
    .action(show);
  return command;
}

const show = action(async ({ target, args: [text] }) => {
  const { merchant, order, notifications } = await findOrder(target, text);
  const sections = [
    orderFields({ merchant, order, notifications }),
    `Transactions\n${transactionTable(order)}`,
    `Notifications\n${notificationTable(notifications)}`,
    `Delivery attempts\n${attemptTable(notifications)}`,
  ];
  // The notifications' copies of the order would only repeat it.
  const withoutOrder = notifications.map(({ order: _order, ...rest }) => rest);
  const json = { merchant: merchant.merchant, order, notifications: withoutOrder };
  return { json, text: sections.join('\n\n') };
});

function orderFields({ merchant, order }: FoundOrder): string {
  const { currency } = order;
  return fields({
    order: order.uuid,
    merchant: `${merchant.merchant} (${merchant.name}, ${merchant.environment})`,
    status: order.status,
    amount: formatAmount(order.amount, currency),
    held: formatAmount(order.held, currency),
    captured: formatAmount(order.captured, currency),
    refunded: formatAmount(order.refunded, currency),
    service: `${order.service.uuid} (${order.service.type})`,
    customer: order.customer ?? '-',
    reference: order.reference ?? '-',
    'notified at': order.notifyUrl ?? '-',
    created: order.createdAt,
    updated: order.updatedAt,
    expires: order.expiresAt,
  });
}

function transactionTable(order: Order): string {
  const rows = order.transactions.map((one) => [
    one.uuid,
    one.kind,
    one.status,
    formatAmount(one.amount, order.currency),
    one.error ?? '-',
    one.createdAt,
  ]);
  return table(['TRANSACTION', 'KIND', 'STATUS', 'AMOUNT', 'ERROR', 'CREATED'], rows);
}

function notificationTable(notifications: readonly Notification[]): string {
  const rows = notifications.map((one) => [
    one.id,
    one.order?.status ?? 'subscription charge',
    one.state,
    String(one.attempts.length),
    one.createdAt,
    one.dueAt ?? '-',
  ]);
  return table(['NOTIFICATION', 'OF', 'STATE', 'ATTEMPTS', 'CREATED', 'DUE'], rows);
}

function attemptTable(notifications: readonly Notification[]): string {
  const rows = notifications.flatMap(({ id, attempts }) =>
    attempts.map((attempt) => [
      id,
      attempt.at,
      String(attempt.status ?? '-'),
      `${Math.round(attempt.durationMs)} ms`,
      attempt.error ?? '-',
    ]),
  );
  return table(['NOTIFICATION', 'AT', 'STATUS', 'TOOK', 'ERROR'], rows);
}
