import { type Html, html } from '#faces/pages/views/html.ts';
import { ORDER_STATUSES } from '#faces/paylands/views.ts';
import { formatAmount } from '#infra/cli/money.ts';
import type { OrderHistory } from '#infra/local/home/live.ts';
import { type Event, type Tone, timelineOf } from '#infra/local/home/timeline.ts';
import { isOpen, isPaid, type Order } from '#ledger/orders/order.ts';
import { timeView } from './time.ts';

/** The last orders, newest first, each with what happened to it. */
export function ordersView(orders: readonly OrderHistory[], clockOffsetMs: number): Html {
  if (orders.length === 0) return html`<p class="soft">There is no order yet.</p>`;
  return html`<ol class="orders">${orders.map((one) => orderView(one, clockOffsetMs))}</ol>`;
}

function orderView({ order, notifications }: OrderHistory, clockOffsetMs: number): Html {
  const { uuid, status, currency, description, customer } = order;
  const who = customer === null ? '' : ` · ${customer}`;
  return html`<li><details id="order-${uuid}">
<summary><span class="badge ${toneOf(order)}">${ORDER_STATUSES[status]}</span>
<strong>${formatAmount(order.amount, currency)}</strong>
<span class="about">${description}${who}</span> ${timeView(order.createdAt)}</summary>
<p class="soft"><code>${uuid}</code> ${payLink(order)}</p>
<ol class="timeline">${timelineOf(order, notifications, clockOffsetMs).map(eventView)}</ol>
</details></li>`;
}

function toneOf(order: Order): Tone {
  if (isPaid(order)) return 'good';
  return ['refused', 'fraud', 'blacklisted', 'voided', 'expired'].includes(order.status)
    ? 'bad'
    : 'plain';
}

/** Payments at terminals have no page, and those that are over have nothing to pay. */
function payLink(order: Order): Html | null {
  const isAtDevice = order.transactions.some((one) => one.device !== undefined);
  if (!isOpen(order) || isAtDevice || order.intent === 'payout') return null;
  return html`<a href="/v1/sandbox/payment/process/${order.token}" target="_blank" rel="noopener">Payment page</a>`;
}

function eventView({ at, title, detail, tone }: Event): Html {
  return html`<li class="${tone}">${timeView(at)} <strong>${title}</strong> <span>${detail}</span></li>`;
}
