import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import {
  type BatchReport,
  batchResults,
  listBatches,
  readBatch,
  stopBatch,
} from '#administration/batches.ts';
import { currencyOf } from '#administration/currency.ts';
import { findMerchant, tenantOf } from '#administration/find.ts';
import type { RowState, Tally } from '#ledger/batches/batch.ts';
import { action, type Invocation } from './action.ts';
import { asksFirst } from './confirm.ts';
import { formatAmount } from './money.ts';
import { fields, table } from './report.ts';

/** `batch list`, `batch show`, `batch watch`, `batch results` and `batch cancel` */
export function batchCommand(): Command {
  const command = new Command('batch').description('files of payments and refunds');
  command.command('list <merchant>').description('list the files of a merchant').action(list);
  command
    .command('show <merchant> <batch>')
    .description('show a file with what became of its rows so far')
    .action(show);
  command
    .command('watch <merchant> <batch>')
    .description('follow a file until it is over')
    .action(watch);
  command
    .command('results <merchant> <batch>')
    .description('print what became of each row, as CSV')
    .action(results);
  const cancelling = command
    .command('cancel <merchant> <batch>')
    .description('stop a file: rows that have not begun never do')
    .action(cancel);
  asksFirst(
    cancelling,
    ([, batch]) => `Stop the file ${batch}, whose other rows then never begin?`,
  );
  return command;
}

async function named({ target, args: [merchant, batch = ''] }: Invocation<object>) {
  return { tenant: tenantOf(await findMerchant(target, merchant)), uuid: batch.toUpperCase() };
}

const list = action(async ({ target, args: [text] }) => {
  const reports = await listBatches(target, tenantOf(await findMerchant(target, text)));
  const rows = reports.map((report) => [
    report.batch.uuid,
    report.batch.kind,
    report.batch.filename,
    report.batch.state,
    report.batch.executeAt,
    progressOf(report),
  ]);
  const headings = ['BATCH', 'KIND', 'FILE', 'STATE', 'EXECUTED FROM', 'DONE'];
  return { json: reports, text: table(headings, rows) };
});

const show = action(async (invocation) => {
  const { tenant, uuid } = await named(invocation);
  const report = await readBatch(invocation.target, tenant, uuid);
  return { json: report, text: textOf(report) };
});

const cancel = action(async (invocation) => {
  const { tenant, uuid } = await named(invocation);
  const batch = await stopBatch(invocation.target, tenant, uuid);
  return { json: batch, text: `${batch.filename} is cancelled: what has begun is finished.` };
});

const results = action(async (invocation) => {
  const { tenant, uuid } = await named(invocation);
  const parts = await Array.fromAsync(batchResults(invocation.target, tenant, uuid));
  const text = parts.join('');
  return { json: { csv: text }, text: text.trimEnd() };
});

const LOOK_EVERY_MS = 1000;

/** Draws a line again and again, on a terminal over itself. */
const watch = action(async (invocation) => {
  const { tenant, uuid } = await named(invocation);
  const first = await readBatch(invocation.target, tenant, uuid);
  const startedMs = Date.now();
  let report = first;
  while (report.batch.state === 'waiting' || report.batch.state === 'running') {
    const line = progressLine(report, first, Date.now() - startedMs);
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    await sleep(LOOK_EVERY_MS);
    report = await readBatch(invocation.target, tenant, uuid);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return { json: report, text: textOf(report) };
});

const BAR_CHARACTERS = 30;

/** How far a file is, how fast it goes, and how long it will go on like that. */
export function progressLine(now: BatchReport, before: BatchReport, elapsedMs: number): string {
  const all = now.batch.accepted.count;
  const known = knownOf(now);
  const filled = Math.floor((known / all) * BAR_CHARACTERS);
  const bar = '#'.repeat(filled).padEnd(BAR_CHARACTERS, '.');
  const rate = elapsedMs === 0 ? 0 : ((known - knownOf(before)) * 1000) / elapsedMs;
  const left = rate === 0 ? '-' : duration((all - known) / rate);
  return `[${bar}] ${known}/${all} rows  ${rate.toFixed(1)} rows/s  ${left} left`;
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${Math.ceil(seconds)} s` : `${minutes} min ${Math.ceil(seconds % 60)} s`;
}

function knownOf({ batch, totals }: BatchReport): number {
  return batch.accepted.count - totals.waiting.count;
}

function progressOf(report: BatchReport): string {
  return `${knownOf(report)}/${report.batch.accepted.count}`;
}

function textOf({ batch, totals }: BatchReport): string {
  const head = fields({
    batch: batch.uuid,
    file: batch.filename,
    kind: batch.kind,
    state: batch.state,
    received: batch.receivedAt,
    'executed from': batch.executeAt,
    started: batch.startedAt ?? '-',
    finished: batch.finishedAt ?? '-',
    asked: amountsOf(batch.accepted),
  });
  const states: RowState[] = ['waiting', 'done', 'refused', 'failed', 'rejected', 'cancelled'];
  const rows = states.map((state) => [
    state,
    String(totals[state].count),
    amountsOf(totals[state]),
  ]);
  return `${head}\n\n${table(['ROWS', 'COUNT', 'MOVED'], rows)}`;
}

/** Sums by currency; of what has no currency yet only the minor units are known. */
function amountsOf({ amounts }: Tally): string {
  const sums = Object.entries(amounts).map(([code, amount]) =>
    code === '?' ? `${amount} in minor units` : formatAmount(amount, currencyOf(code)),
  );
  return sums.join(' + ') || '-';
}
