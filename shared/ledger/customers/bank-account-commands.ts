import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { BankAccount } from './bank-account.ts';
import { withBank } from './customer-file.ts';
import { fileOf, fileOfPart, partIn, stageFile, stageRemoval } from './customer-file-commands.ts';
import { bankOfIban, maskIban } from './iban.ts';

/** A bank account as a merchant hands it over. */
export interface BankDraft {
  customer: string;
  holder: string;
  /** A valid one, without blanks and in capitals. */
  iban: string;
  additional: string | null;
}

/**
 * Keeps a bank account of a customer, who may be new too. A number that the customer has already
 * stays the same account, with the holder and the description of this request.
 */
export async function saveBank(context: LedgerContext, draft: BankDraft): Promise<BankAccount> {
  const { vault, work } = context;
  const file = await fileOf(context, draft.customer);
  const fingerprint = vault.digest('iban', draft.iban);
  const known = file.banks.find((one) => one.fingerprint === fingerprint);
  const bank: BankAccount = {
    uuid: work.attempt,
    createdAt: isoNow(context),
    ...known,
    holder: draft.holder,
    additional: draft.additional,
    encryptedIban: vault.encrypt(draft.iban),
    maskedIban: maskIban(draft.iban),
    fingerprint,
    ...bankOfIban(draft.iban),
  };
  stageFile(context, withBank(file, bank));
  if (known === undefined) {
    const part = { uuid: bank.uuid, customer: draft.customer };
    work.stage({ change: 'customer_part', part });
  }
  return bank;
}

/** @throws LedgerError bank_not_found when it is unknown or not the customer's */
export async function deleteBank(
  context: LedgerContext,
  input: { bank: Uuid; customer: string },
): Promise<void> {
  const file = await fileOf(context, input.customer);
  partIn(file.banks, input.bank, 'bank_not_found');
  stageRemoval(context, file, input.bank);
}

/**
 * A bank account and its owner.
 * @throws LedgerError bank_not_found
 */
export async function getBank(
  context: ReadContext,
  uuid: Uuid,
): Promise<{ bank: BankAccount; customer: string }> {
  const file = await fileOfPart(context, uuid, 'bank_not_found');
  return { bank: partIn(file.banks, uuid, 'bank_not_found'), customer: file.customer };
}

/**
 * The bank accounts of a customer, oldest first.
 * @throws LedgerError customer_not_found
 */
export async function listBanks(context: ReadContext, customer: string): Promise<BankAccount[]> {
  const { customerFile, customer: known } = await context.store.read(context.merchant, {
    customerFile: customer,
    customer,
  });
  if (known === null) throw new LedgerError('customer_not_found', customer);
  return customerFile?.banks ?? [];
}
