import type { Acquirer, AcquirerResult } from '#ledger/payments/acquirer.ts';
import type { Deadline } from './deadline.ts';
import type { Merchant, Service } from './merchant.ts';
import { nowOf } from './merchant.ts';
import type { LedgerStore } from './store.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Everything an operation of the ledger works with. */
export interface LedgerContext {
  store: LedgerStore;
  merchant: Merchant;
  work: UnitOfWork;
  /** @throws LedgerError `acquirer_not_configured` */
  acquirerOf(service: Service): Acquirer;
  /** The acquirer that keeps the cards of the merchant's environment. */
  cardAcquirer(): Acquirer;
  /** Answers received during this request, by transaction: a lost race must not ask twice. */
  answers: Map<string, AcquirerResult>;
  /** Until when the work has to be done. */
  deadline: Deadline;
  /** Milliseconds since 1970, not moved by a merchant's clock. */
  realNowMs(): number;
  /** How long a transaction may stay pending before the recovery looks after it. */
  recoverAfterMs: number;
}

/** The merchant's time, which a sandbox merchant may have moved. */
export function nowMs(context: LedgerContext): number {
  return nowOf(context.merchant, context.realNowMs());
}

export function isoNow(context: LedgerContext): string {
  return new Date(nowMs(context)).toISOString();
}
