import type { Acquirer, AcquirerResult } from '#ledger/payments/acquirer.ts';
import type { Deadline } from './deadline.ts';
import type { Merchant, Service } from './merchant.ts';
import { nowOf } from './merchant.ts';
import type { LedgerReads, LedgerStore } from './store.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Keeps texts unreadable in the store; the implementation holds the keys. */
export interface SecretKeeper {
  encrypt(text: string): string;
  decrypt(encrypted: string): string;
  /** Keyed: equal for equal values of one purpose, and tells nothing else of them. */
  digest(purpose: string, value: string): string;
}

/** What an operation works with that only reads the ledger. */
export interface ReadContext {
  store: LedgerReads;
  merchant: Merchant;
  vault: SecretKeeper;
  /** Until when the work has to be done. */
  deadline: Deadline;
  /** Milliseconds since 1970, not moved by a merchant's clock. */
  realNowMs(): number;
}

/** What an operation works with that changes the ledger or asks acquirers. */
export interface LedgerContext extends ReadContext {
  store: LedgerStore;
  work: UnitOfWork;
  /**
   * Whether a service has an acquirer, for who asks it nothing (yet).
   * @throws LedgerError `acquirer_not_configured`
   */
  requireAcquirer(service: Service): void;
  /** @throws LedgerError `acquirer_not_configured` */
  acquirerOf(service: Service): Acquirer;
  /** The acquirer that keeps the cards of the merchant's environment. */
  cardAcquirer(): Acquirer;
  /** Answers received during this request, by transaction: a lost race must not ask twice. */
  answers: Map<string, AcquirerResult>;
  /**
   * Does what cannot be taken back, such as sending a message, once for all tries of this request:
   * a race that is lost afterwards does not do it again.
   */
  once(act: () => Promise<void>): Promise<void>;
  /** How long a transaction may stay pending before the recovery looks after it. */
  recoverAfterMs: number;
}

/** The merchant's time, which a sandbox merchant may have moved. */
export function nowMs(context: Pick<ReadContext, 'merchant' | 'realNowMs'>): number {
  return nowOf(context.merchant, context.realNowMs());
}

export function isoNow(context: Pick<ReadContext, 'merchant' | 'realNowMs'>): string {
  return new Date(nowMs(context)).toISOString();
}
