import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError, type LedgerErrorCode } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import {
  type CustomerAccount,
  type CustomerAddress,
  type CustomerFile,
  type CustomerProfile,
  changedProfile,
  newCustomerFile,
  newProfile,
  type ProfileDraft,
  withAccount,
  withAddress,
  withoutPart,
} from './customer-file.ts';

/** An account with its number in clear, for answers only. */
export interface OpenAccount extends Pick<CustomerAccount, 'uuid' | 'type'> {
  number: string;
}

/** @throws LedgerError profile_exists */
export async function createProfile(
  context: LedgerContext,
  customer: string,
  draft: ProfileDraft,
): Promise<CustomerProfile> {
  const file = await fileOf(context, customer);
  const profile = newProfile(file, draft, isoNow(context));
  stageFile(context, { ...file, profile });
  return profile;
}

/** @throws LedgerError profile_not_found */
export async function updateProfile(
  context: LedgerContext,
  customer: string,
  draft: ProfileDraft,
): Promise<CustomerProfile> {
  const file = await fileOf(context, customer);
  const profile = changedProfile(file, draft, isoNow(context));
  stageFile(context, { ...file, profile });
  return profile;
}

/** @throws LedgerError profile_not_found */
export async function getProfile(context: ReadContext, customer: string): Promise<CustomerProfile> {
  const { profile } = await fileOf(context, customer);
  if (profile === null) throw new LedgerError('profile_not_found', customer);
  return profile;
}

/** Keeps a new address of a customer, who may be new too. */
export async function createAddress(
  context: LedgerContext,
  customer: string,
  draft: Omit<CustomerAddress, 'uuid'>,
): Promise<CustomerAddress> {
  const address = { ...draft, uuid: context.work.attempt };
  const file = await fileOf(context, customer);
  stageFile(context, withAddress(file, address));
  context.work.stage({ change: 'customer_part', part: { uuid: address.uuid, customer } });
  return address;
}

/**
 * Replaces an address; without a type it keeps the one it has.
 * @throws LedgerError address_not_found, address_type_fixed
 */
export async function updateAddress(
  context: LedgerContext,
  customer: string,
  draft: Omit<CustomerAddress, 'type'> & { type: CustomerAddress['type'] | null },
): Promise<CustomerAddress> {
  const file = await fileOf(context, customer);
  const known = partIn(file.addresses, draft.uuid, 'address_not_found');
  const address = { ...draft, type: draft.type ?? known.type };
  stageFile(context, withAddress(file, address));
  return address;
}

/** @throws LedgerError address_not_found */
export async function deleteAddress(context: LedgerContext, uuid: Uuid): Promise<CustomerAddress> {
  const file = await fileOfPart(context, uuid, 'address_not_found');
  const address = partIn(file.addresses, uuid, 'address_not_found');
  stageRemoval(context, file, uuid);
  return address;
}

/** @throws LedgerError address_not_found */
export async function getAddress(context: ReadContext, uuid: Uuid): Promise<CustomerAddress> {
  const file = await fileOfPart(context, uuid, 'address_not_found');
  return partIn(file.addresses, uuid, 'address_not_found');
}

/** Keeps a new account of a customer, who may be new too; its number is kept encrypted. */
export async function createAccount(
  context: LedgerContext,
  customer: string,
  draft: Omit<OpenAccount, 'uuid'>,
): Promise<OpenAccount> {
  const account = { ...draft, uuid: context.work.attempt };
  const file = await fileOf(context, customer);
  stageFile(context, withAccount(file, closed(context, account)));
  context.work.stage({ change: 'customer_part', part: { uuid: account.uuid, customer } });
  return account;
}

/** @throws LedgerError account_not_found */
export async function updateAccount(
  context: LedgerContext,
  customer: string,
  account: OpenAccount,
): Promise<OpenAccount> {
  const file = await fileOf(context, customer);
  partIn(file.accounts, account.uuid, 'account_not_found');
  stageFile(context, withAccount(file, closed(context, account)));
  return account;
}

/** @throws LedgerError account_not_found */
export async function deleteAccount(context: LedgerContext, uuid: Uuid): Promise<OpenAccount> {
  const file = await fileOfPart(context, uuid, 'account_not_found');
  const account = partIn(file.accounts, uuid, 'account_not_found');
  stageRemoval(context, file, uuid);
  return opened(context, account);
}

/** @throws LedgerError account_not_found */
export async function getAccount(context: ReadContext, uuid: Uuid): Promise<OpenAccount> {
  const file = await fileOfPart(context, uuid, 'account_not_found');
  return opened(context, partIn(file.accounts, uuid, 'account_not_found'));
}

/** The file of a customer, an empty one when the customer is new. */
export async function fileOf(context: ReadContext, customer: string): Promise<CustomerFile> {
  const { customerFile } = await context.store.read(context.merchant, { customerFile: customer });
  return customerFile ?? newCustomerFile(customer);
}

/** The file that a profile, address or account belongs to. */
export async function fileOfPart(
  context: ReadContext,
  uuid: Uuid,
  otherwise: LedgerErrorCode,
): Promise<CustomerFile> {
  const { customerPart } = await context.store.read(context.merchant, { customerPart: uuid });
  if (customerPart === null) throw new LedgerError(otherwise, uuid);
  return fileOf(context, customerPart.customer);
}

/** Stages a file as its next version, and its customer when it is new. */
export function stageFile(context: LedgerContext, file: CustomerFile): void {
  const next = { ...file, version: file.version + 1 };
  context.work.stage({ change: 'customer_file', file: next });
  if (next.version === 1) {
    const customer = { externalId: file.customer, createdAt: isoNow(context) };
    context.work.stage({ change: 'customer', customer });
  }
}

/** Stages a file without one of its parts. */
export function stageRemoval(context: LedgerContext, file: CustomerFile, uuid: Uuid): void {
  stageFile(context, withoutPart(file, uuid));
  context.work.stage({ change: 'customer_part_deleted', uuid });
}

/** @throws LedgerError when it is not there */
export function partIn<T extends { uuid: Uuid }>(
  parts: readonly T[],
  uuid: Uuid,
  otherwise: LedgerErrorCode,
): T {
  const found = parts.find((one) => one.uuid === uuid);
  if (found === undefined) throw new LedgerError(otherwise, uuid);
  return found;
}

function closed({ vault }: LedgerContext, { uuid, type, number }: OpenAccount): CustomerAccount {
  return { uuid, type, encryptedNumber: vault.encrypt(number) };
}

function opened({ vault }: ReadContext, account: CustomerAccount): OpenAccount {
  const { uuid, type, encryptedNumber } = account;
  return { uuid, type, number: vault.decrypt(encryptedNumber) };
}
