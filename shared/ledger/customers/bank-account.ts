import type { Uuid } from '#ledger/core/ids.ts';

/** A bank account of a customer: money can be sent to it. Its number is kept encrypted. */
export interface BankAccount {
  uuid: Uuid;
  holder: string;
  encryptedIban: string;
  /** As it is shown: `ES90****************0202`. */
  maskedIban: string;
  /** Keyed: equal for equal numbers of one deployment. */
  fingerprint: string;
  /** ISO 3166-1 alpha-2 */
  country: string;
  bic: string | null;
  /** The bank's name. */
  bank: string | null;
  additional: string | null;
  createdAt: string;
}

/** The part of a bank account that an order keeps of a transfer to it. */
export type BankSnapshot = Omit<BankAccount, 'encryptedIban' | 'fingerprint'>;

export function bankSnapshotOf(account: BankAccount): BankSnapshot {
  const { encryptedIban: _iban, fingerprint: _fingerprint, ...snapshot } = account;
  return snapshot;
}
