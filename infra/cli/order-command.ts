import { Command, InvalidArgumentError, Option } from 'commander';
import { type FoundOrder, findMerchant, findOrder, tenantOf } from '#administration/find.ts';
import { lastOrders } from '#administration/orders.ts';
import { ORDER_STATUSES } from '#faces/paylands/views.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import { action } from './action.ts';
import { formatAmount } from './money.ts';
import { fields, table } from './report.ts';

const STATUSES = [...new Set(Object.values(ORDER_STATUSES))];

/** `order list | show` */
export function orderCommand(): Command {
  const command = new Command('order').description('orders');
  command
    .command('list <merchant>')
    .description('list the orders of a merchant, newest first, without payouts')
    .option('--search <text>', 'the beginnings of words of its names, or its id')
    .addOption(new Option('--status <status>', 'as the API answers it').choices(STATUSES))
    .option('--from <time>', 'created then or later, as ISO 8601', time)
    .option('--to <time>', 'created before, as ISO 8601', time)
    .option('--limit <number>', 'so many at most, up to 1000', limit, 20)
    .action(list);
  command
    .command('show <order>')
    .description('show an order, by uuid, reference or token, with all that happened to it')
    .action(show);
  return command;
}

interface ListOptions {
  search?: string;
  status?: string;
  from?: number;
  to?: number;
  limit: number;
}

const list = action<ListOptions>(async ({ target, args: [text], options }) => {
  const tenant = tenantOf(await findMerchant(target, text));
  const { search, status = null, from: fromMs = null, to: toMs = null } = options;
  const orders = await lastOrders(target, tenant, {
    fromMs,
    toMs,
    limit: options.limit,
    filter: search === undefined ? {} : { text: search },
    isWanted: (order) => status === null || ORDER_STATUSES[order.status] === status,
  });
  const rows = orders.map((order) => [
    order.uuid,
    ORDER_STATUSES[order.status],
    formatAmount(order.amount, order.currency),
    order.customer ?? '-',
    order.reference ?? '-',
    order.createdAt,
  ]);
  const headings = ['ORDER', 'STATUS', 'AMOUNT', 'CUSTOMER', 'REFERENCE', 'CREATED'];
  return { json: orders, text: table(headings, rows) };
});

/** Minutes are what lists are kept by. */
function time(text: string): number {
  const timeMs = Date.parse(text);
  if (Number.isNaN(timeMs)) throw new InvalidArgumentError('Not an ISO 8601 time.');
  return Math.floor(timeMs / 60_000) * 60_000;
}

function limit(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1000) {
    throw new InvalidArgumentError('From 1 to 1000.');
  }
  return value;
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
