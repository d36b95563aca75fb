import { OPERATIVES, ORDER_STATUSES, TRANSACTION_STATUSES } from '#faces/paylands/views.ts';
import { formatAmount } from '#infra/cli/money.ts';
import type { Order, Transaction } from '#ledger/orders/order.ts';
import type { DeliveryAttempt, Notification } from '#ledger/outbox/notification.ts';

/** How an event is to be taken. */
export type Tone = 'good' | 'bad' | 'plain';

/** Something that happened to an order; `at` is ISO 8601. */
export interface Event {
  at: string;
  title: string;
  detail: string;
  tone: Tone;
}

/**
 * What happened to an order and what its shop was told, in the order of time. An order goes by its
 * merchant's clock and notifications by the real one, so the latter are put onto the former.
 */
export function timelineOf(
  order: Order,
  notifications: readonly Notification[],
  clockOffsetMs = 0,
): Event[] {
  const told = notifications.flatMap(deliveriesOf).map((event) => ({
    ...event,
    at: new Date(Date.parse(event.at) + clockOffsetMs).toISOString(),
  }));
  return [...stepsOf(order), ...told].sort((one, other) => (one.at < other.at ? -1 : 1));
}

function stepsOf(order: Order): Event[] {
  const { createdAt, openedAt, currency } = order;
  const amount = formatAmount(order.amount, currency);
  return [
    { at: createdAt, title: 'Created', detail: amount, tone: 'plain' },
    ...(openedAt === undefined
      ? []
      : [{ at: openedAt, title: 'Payment page opened', detail: '', tone: 'plain' as const }]),
    ...order.transactions.map((one) => stepOf(order, one)),
  ];
}

function stepOf(order: Order, transaction: Transaction): Event {
  const { kind, status, amount, error, errorDescription, updatedAt } = transaction;
  const parts = [
    formatAmount(amount, order.currency),
    meansOf(order, transaction),
    error === null ? null : `error ${error}${errorDescription ? `: ${errorDescription}` : ''}`,
  ];
  return {
    at: updatedAt,
    title: `${OPERATIVES[kind]} ${TRANSACTION_STATUSES[status]}`,
    detail: parts.filter((part) => part !== null).join(', '),
    tone: status === 'succeeded' ? 'good' : status === 'pending' ? 'plain' : 'bad',
  };
}

/** What it was made with, as far as it may be shown. */
function meansOf(order: Order, { card, device, conditions }: Transaction): string | null {
  const known = card === null ? undefined : order.cards[card];
  if (known !== undefined) return `${known.brand} ending in ${known.last4}`;
  if (device !== undefined) {
    return device.presented === null
      ? 'at the terminal'
      : `at the terminal, ${device.presented.brand} ${device.presented.maskedPan}`;
  }
  return conditions.account?.method ?? null;
}

function deliveriesOf(notification: Notification): Event[] {
  const { createdAt, attempts, state, dueAt } = notification;
  const told =
    notification.order === null ? '' : ` of ${ORDER_STATUSES[notification.order.status]}`;
  const waits = state === 'due' && attempts.length === 0;
  return [
    ...(waits
      ? [
          {
            at: createdAt,
            title: `Notification${told}`,
            detail: 'on its way',
            tone: 'plain' as const,
          },
        ]
      : []),
    ...attempts.map((attempt, index) => {
      const isLast = index === attempts.length - 1;
      return deliveryOf(attempt, `Notification${told}`, isLast ? { state, dueAt } : null);
    }),
  ];
}

function deliveryOf(
  { at, status, durationMs, error }: DeliveryAttempt,
  title: string,
  after: Pick<Notification, 'state' | 'dueAt'> | null,
): Event {
  const answer =
    status === null ? `no answer${error === null ? '' : ` (${error})`}` : `HTTP ${status}`;
  const next =
    after?.state === 'given_up'
      ? ', given up'
      : after?.state === 'due' && after.dueAt !== null
        ? ', will be tried again'
        : '';
  const isTaken = status !== null && status >= 200 && status < 300;
  return {
    at,
    title,
    detail: `${answer} after ${Math.round(durationMs)} ms${next}`,
    tone: isTaken ? 'good' : 'bad',
  };
}
