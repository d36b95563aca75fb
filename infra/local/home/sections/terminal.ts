import { type Html, html } from '#faces/pages/views/html.ts';
import { TRANSACTION_STATUSES } from '#faces/paylands/views.ts';
import { formatAmount } from '#infra/cli/money.ts';
import type { OrderHistory, TerminalState } from '#infra/local/home/live.ts';
import type { Device } from '#ledger/devices/device.ts';
import type { Transaction, TransactionKind } from '#ledger/orders/order.ts';
import { asksPayer } from '#ledger/payments/asks-payer.ts';
import type { Tap } from '#ledger/payments/payment-conditions.ts';

/** A form that sends a payment to a terminal as a till would. */
export function sendForm(devices: readonly Device[]): Html {
  const usable = devices.filter(({ communication }) => communication === 'SIMULATION');
  return html`<form method="post" action="/home/terminal/payment" data-quiet class="send">
<div class="row">
<div><label for="due">Amount in EUR</label>
<input id="due" name="amount" inputmode="decimal" value="24.90" required pattern="[0-9]{1,6}([.,][0-9]{1,2})?" title="Such as 24.90"></div>
<div><label for="what">What</label>
<select id="what" name="what"><option value="payment">Payment</option><option value="preauth">Hold</option></select></div>
</div>
${deviceField(usable)}
<p class="problem" role="alert"></p>
<button class="main">Send to the terminal</button>
</form>`;
}

function deviceField(devices: readonly Device[]): Html {
  const [only] = devices;
  if (devices.length === 1 && only !== undefined) {
    return html`<input type="hidden" name="device" value="${only.id}">`;
  }
  return html`<label for="device">Terminal</label><select id="device" name="device">
${devices.map((one) => html`<option value="${one.id}">${nameOf(one)}</option>`)}</select>`;
}

/** The terminals with what they show now, and what a person can do at them. */
export function terminalsView(
  terminals: readonly TerminalState[],
  orders: readonly OrderHistory[],
): Html {
  if (terminals.length === 0) return html`<p class="soft">There is no terminal.</p>`;
  return html`${terminals.map((one) => terminalView(one, lastAt(one.device, orders)))}`;
}

function terminalView(state: TerminalState, last: LastPayment | null): Html {
  const { device, work } = state;
  return html`<div class="terminal"><p class="model">${nameOf(device)}</p>
${work === null ? idleScreen(device, last) : busyScreen(state, work)}
${work === null ? keys(null, null) : keys(work.transaction, device)}
</div>`;
}

const TITLES: Record<TransactionKind, string> = {
  sale: 'Payment',
  hold: 'Hold',
  capture: 'Capture of a hold',
  void: 'Release of a hold',
  refund: 'Refund',
  payout: 'Payout',
  transfer: 'Transfer',
  manual: 'Payment',
};

function busyScreen(
  { decidesAtMs }: TerminalState,
  work: NonNullable<TerminalState['work']>,
): Html {
  const { order, transaction } = work;
  const isAsked = asksPayer(transaction.kind);
  return html`<div class="screen" role="status"><p>${TITLES[transaction.kind]}</p>
<p class="due">${formatAmount(transaction.amount, order.currency)}</p>
<p>${isAsked ? 'Hold a card against the terminal' : 'No card is needed'}</p>
<p class="left" data-until="${decidesAtMs}">Decides by itself soon</p></div>`;
}

function idleScreen({ communication }: Device, last: LastPayment | null): Html {
  if (communication === 'SOCKET') {
    return html`<div class="screen" role="status"><p class="due">Not connected</p></div>`;
  }
  const before =
    last === null
      ? 'Nothing was paid here lately'
      : `Last: ${last.text} ${TRANSACTION_STATUSES[last.transaction.status]}`;
  return html`<div class="screen" role="status"><p class="due">Ready</p><p>${before}</p></div>`;
}

/** What somebody can do; the keys stay where they are while nothing is to be done. */
function keys(transaction: Transaction | null, device: Device | null): Html {
  const isAsked = transaction !== null && asksPayer(transaction.kind);
  return html`<form method="post" action="/home/terminal" data-quiet class="keys">
<input type="hidden" name="device" value="${device?.id ?? ''}">
<input type="hidden" name="transaction" value="${transaction?.uuid ?? ''}">
${key('accept', isAsked || transaction === null ? 'Accept' : 'Go on', transaction !== null)}
${key('refuse', 'Refuse', isAsked)}
${key('remove', 'Remove card', isAsked)}
<p class="problem" role="alert"></p>
</form>`;
}

function key(tap: Tap, label: string, isEnabled: boolean): Html {
  return isEnabled
    ? html`<button name="tap" value="${tap}" id="tap-${tap}" class="${tap}">${label}</button>`
    : html`<button name="tap" value="${tap}" id="tap-${tap}" class="${tap}" disabled>${label}</button>`;
}

interface LastPayment {
  transaction: Transaction;
  text: string;
}

/** What was decided last at a terminal, as far as the last orders tell. */
function lastAt(device: Device, orders: readonly OrderHistory[]): LastPayment | null {
  const all = orders.flatMap(({ order }) =>
    order.transactions
      .filter((one) => one.device?.id === device.id && one.status !== 'pending')
      .map((transaction) => ({
        transaction,
        text: `${TITLES[transaction.kind].toLowerCase()} of ${formatAmount(transaction.amount, order.currency)}`,
      })),
  );
  const byTime = all.toSorted((one, other) =>
    one.transaction.updatedAt < other.transaction.updatedAt ? 1 : -1,
  );
  return byTime[0] ?? null;
}

function nameOf({ id, terminalId }: Device): string {
  return terminalId === null ? `Terminal ${id}` : `Terminal ${terminalId}`;
}
