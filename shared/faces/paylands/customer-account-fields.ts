import * as z from 'zod/mini';
import { ACCOUNT_TYPES, isAccountNumber, keptNumber } from '#ledger/customers/account-number.ts';
import { parseIban } from '#ledger/customers/iban.ts';
import { externalId, text, uuid } from './fields.ts';

/** An IBAN in any form, kept without blanks and in capitals. */
export const iban = z.pipe(
  z.pipe(text(64), z.transform(parseIban)),
  z.string('must be an IBAN whose check digits are right, such as ES9121000418450200051332'),
);

const accountFields = {
  external_id: externalId,
  account_type: z.enum(ACCOUNT_TYPES),
  account_number: text(64),
};

const account = z.object(accountFields);

/** An account, whose number goes with its type (contract D.9). */
export const newAccountBody = account.check(numberFitsType);
export const accountBody = z.object({ uuid, ...accountFields }).check(numberFitsType);

function numberFitsType({ value, issues }: z.core.ParsePayload<z.output<typeof account>>): void {
  if (isAccountNumber(value.account_type, value.account_number)) return;
  const message = `must be a number of the type ${value.account_type}`;
  issues.push({ code: 'custom', input: value, path: ['account_number'], message });
}

/** The account of a request, as the ledger takes it. */
export function accountDraft(body: z.output<typeof account>) {
  const { account_type: type, account_number: number } = body;
  return { type, number: keptNumber(type, number) };
}
