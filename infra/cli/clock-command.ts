import { Command } from 'commander';
import { findMerchant } from '#administration/find.ts';
import { advanceClock } from '#administration/test-clock.ts';
import type { StoredMerchant } from '#store/access/access-store.ts';
import { action } from './action.ts';
import { ClockDays, type ClockTotals } from './clock-days.ts';
import { formatDuration, parseDuration } from './duration.ts';
import type { Report } from './report.ts';
import type { Target } from './target.ts';

/** `clock show | advance | set` */
export function clockCommand(): Command {
  const command = new Command('clock').description(
    "a sandbox merchant's clock, to test the future",
  );
  command.command('show <merchant>').description('show its time').action(show);
  command
    .command('advance <merchant> <duration>')
    .description('move it forward, by 90s, 15m, 12h, 30d, 2w, 6mo, 1y or 1d12h')
    .action(advance);
  command
    .command('set <merchant> <time>')
    .description('move it forward to an ISO 8601 time, such as 2027-01-31T12:00:00Z')
    .action(set);
  return command;
}

/** A merchant's time, and how far it is ahead. */
export function clockText(merchant: StoredMerchant): string {
  const time = new Date(Date.now() + merchant.clockOffsetMs).toISOString();
  if (merchant.clockOffsetMs === 0) return `${time} (the real time)`;
  return `${time} (${formatDuration(merchant.clockOffsetMs)} ahead)`;
}

const show = action(async ({ target, args: [text] }) => {
  return report(await findMerchant(target, text), 0, null);
});

const advance = action(async ({ target, args: [text, duration = ''], options }) => {
  const merchant = await findMerchant(target, text);
  const nowMs = Date.now() + merchant.clockOffsetMs;
  const aheadMs = merchant.clockOffsetMs + parseDuration(duration, nowMs);
  return move(target, merchant, aheadMs, options.json !== true);
});

const set = action(async ({ target, args: [text, time = ''], options }) => {
  const merchant = await findMerchant(target, text);
  const timeMs = Date.parse(time);
  if (Number.isNaN(timeMs)) throw new Error(`"${time}" is not an ISO 8601 time`);
  return move(target, merchant, timeMs - Date.now(), options.json !== true);
});

/** Moves the clock through all that is due until then, a line for each day with something in it. */
async function move(
  target: Target,
  merchant: StoredMerchant,
  offsetMs: number,
  isTold: boolean,
): Promise<Report> {
  const days = new ClockDays(isTold ? console.log : () => {});
  const stores = { ...target, runtime: await target.runtime() };
  const moving = advanceClock(stores, merchant, offsetMs);
  for (;;) {
    const { value, done } = await moving.next();
    if (done === true) return report(value.merchant, value.ordersMoved, days.end());
    days.add(value);
  }
}

function report(merchant: StoredMerchant, ordersMoved: number, totals: ClockTotals | null): Report {
  const { clockOffsetMs } = merchant;
  const time = new Date(Date.now() + clockOffsetMs).toISOString();
  return {
    json: { merchant: merchant.merchant, time, clockOffsetMs, ordersMoved, ...totals },
    text: `${merchant.name}: ${clockText(merchant)}`,
  };
}
