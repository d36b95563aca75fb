import type { ClockEvent } from '#administration/play-clock.ts';
import type { Batch } from '#ledger/batches/batch.ts';
import type { ChargeOutcome } from '#ledger/subscriptions/billing.ts';
import type { Renewed } from '#ledger/subscriptions/record-charge.ts';
import { formatAmount } from './money.ts';

/** What happened, counted; sums are minor units by currency code. */
export interface ClockTotals {
  charges: Record<ChargeOutcome, number>;
  sums: Record<string, number>;
  subscriptionsEnded: number;
  /** Files of rows that were worked on, and what became of their rows. */
  files: number;
  rows: Record<'done' | 'refused' | 'failed', number>;
  ordersExpired: number;
}

/** Counts what happens while a clock moves, and writes a line when a day is over. */
export class ClockDays {
  readonly #write: (line: string) => void;
  readonly #total = new Tally();
  #day = '';
  #today = new Tally();

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  add(event: ClockEvent): void {
    const day = event.at.slice(0, 10);
    if (day !== this.#day) this.#close();
    this.#day = day;
    this.#today.add(event);
    this.#total.add(event);
  }

  /** Ends the last day. */
  end(): ClockTotals {
    this.#close();
    const { text, totals } = this.#total;
    if (this.#day !== '') this.#write(`in all      ${text}`);
    return totals;
  }

  #close(): void {
    const { text } = this.#today;
    if (text !== '') this.#write(`${this.#day}  ${text}`);
    this.#today = new Tally();
  }
}

class Tally {
  readonly totals: ClockTotals = {
    charges: { paid: 0, held: 0, refused: 0, failed: 0 },
    sums: {},
    subscriptionsEnded: 0,
    files: 0,
    rows: { done: 0, refused: 0, failed: 0 },
    ordersExpired: 0,
  };
  /** For their digits. */
  readonly #currencies = new Map<string, { code: string; number: string; digits: number }>();

  add(event: ClockEvent): void {
    const { totals } = this;
    if ('expired' in event) {
      totals.ordersExpired += 1;
      return;
    }
    if ('file' in event) this.#addFile(event.file);
    else this.#addCharge(event.charge);
  }

  #addFile({ totals: counted }: Batch): void {
    const { totals } = this;
    totals.files += 1;
    for (const state of ['done', 'refused', 'failed'] as const) {
      totals.rows[state] += counted?.[state].count ?? 0;
    }
  }

  #addCharge({ payment, subscription, billing }: Renewed): void {
    const { totals } = this;
    if (billing.next === null) totals.subscriptionsEnded += 1;
    if (payment === null) return;
    totals.charges[payment.outcome] += 1;
    if (payment.outcome !== 'paid') return;
    const { currency } = subscription;
    this.#currencies.set(currency.code, currency);
    totals.sums[currency.code] = (totals.sums[currency.code] ?? 0) + payment.amount;
  }

  /** What happened, in words; empty when nothing did. */
  get text(): string {
    const { charges, sums, subscriptionsEnded, files, rows, ordersExpired } = this.totals;
    const money = [...this.#currencies.values()].map((currency) =>
      formatAmount(sums[currency.code] ?? 0, currency),
    );
    return [
      said(charges.paid, `charges paid (${money.join(', ')})`),
      said(charges.held, 'charges held'),
      said(charges.refused, 'charges refused'),
      said(charges.failed, 'charges impossible'),
      said(subscriptionsEnded, 'subscriptions ended'),
      said(files, `files (${rows.done} rows done, ${rows.refused + rows.failed} not)`),
      said(ordersExpired, 'orders expired'),
    ]
      .filter((part) => part !== '')
      .join(', ');
  }
}

function said(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}`;
}
