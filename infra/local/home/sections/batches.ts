import type { BatchReport } from '#administration/batches.ts';
import { currencyOf } from '#administration/currency.ts';
import { type Html, html } from '#faces/pages/views/html.ts';
import { formatAmount } from '#infra/cli/money.ts';
import type { Batch, RowState, Tally } from '#ledger/batches/batch.ts';
import { timeView } from './time.ts';

/** The files of payments and refunds: how far each is, and what became of its rows. */
export function batchesView(reports: readonly BatchReport[]): Html {
  if (reports.length === 0) {
    return html`<p class="soft">No file was sent yet: <code>POST /batch/authorizations</code> and <code>POST /batch/refunds</code> take them.</p>`;
  }
  return html`<ul class="batches">${reports.map(batchView)}</ul>`;
}

const STATES: readonly RowState[] = [
  'done',
  'refused',
  'failed',
  'rejected',
  'cancelled',
  'waiting',
];

function batchView({ batch, totals }: BatchReport): Html {
  const all = batch.accepted.count;
  const known = all - totals.waiting.count;
  const name = `progress-${batch.uuid}`;
  const states = STATES.filter((state) => totals[state].count > 0);
  return html`<li><p><strong>${batch.filename}</strong> <span class="badge plain">${batch.state}</span>
<span class="soft">${batch.kind}, ${timeView(batch.startedAt ?? batch.executeAt)}</span></p>
<label for="${name}">${known} of ${all} rows${shareOf(known, all)}, ${amountsOf(batch.accepted)} asked</label>
<progress id="${name}" max="${Math.max(all, 1)}" value="${known}"></progress>
<ul class="counts">${states.map((state) => html`<li>${countOf(state, totals[state])}</li>`)}</ul>
${waitsUntil(batch)}</li>`;
}

function shareOf(known: number, all: number): string {
  return all === 0 ? '' : ` (${Math.floor((known * 100) / all)} %)`;
}

function countOf(state: RowState, tally: Tally): string {
  const sum = amountsOf(tally);
  return `${tally.count} ${state}${sum === '-' ? '' : `, ${sum}`}`;
}

/** Sums by currency; of what has no currency yet only the minor units are known. */
function amountsOf({ amounts }: Tally): string {
  const sums = Object.entries(amounts).map(([code, amount]) =>
    code === '?' ? `${amount} in minor units` : formatAmount(amount, currencyOf(code)),
  );
  return sums.join(' + ') || '-';
}

function waitsUntil({ state, executeAt }: Batch): Html | null {
  return state === 'waiting' ? html`<p class="soft">Begins at ${timeView(executeAt)}</p>` : null;
}
