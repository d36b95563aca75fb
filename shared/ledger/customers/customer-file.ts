import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { BankAccount } from './bank-account.ts';

/** A telephone number as the merchant gave it: the country's code apart. */
export interface Phone {
  prefix: string | null;
  number: string;
}

/** Who a customer is (contract C.5, profiles). */
export interface CustomerProfile {
  firstName: string;
  lastName: string;
  cardholderName: string | null;
  documentIssuer: string | null;
  documentType: string | null;
  documentNumber: string | null;
  email: string | null;
  phone: Phone | null;
  workPhone: Phone | null;
  homePhone: Phone | null;
  mobilePhone: Phone | null;
  /** `YYYY-MM-DD` */
  birthdate: string | null;
  sourceOfFunds: string | null;
  occupation: string | null;
  socialSecurityNumber: string | null;
  createdAt: string;
  updatedAt: string;
}

export type ProfileDraft = Omit<CustomerProfile, 'createdAt' | 'updatedAt'>;

/** What an address is for. */
export type AddressType = 'OTHER' | 'BILLING' | 'SHIPPING';

export interface CustomerAddress {
  uuid: Uuid;
  type: AddressType;
  line1: string;
  line2: string | null;
  line3: string | null;
  city: string;
  state: string;
  /** ISO 3166-1 alpha-3 */
  country: string;
  postalCode: string;
  /** Used wherever no other address is named; one of a customer's at most. */
  isDefault: boolean;
}

/** Where a customer can be paid, in the form of its country; the number is kept encrypted. */
export interface CustomerAccount {
  uuid: Uuid;
  type: string;
  encryptedNumber: string;
}

/**
 * All that a merchant keeps of a customer, except cards. It is one entity, so that there is never
 * more than one default address and a bank account has one owner.
 */
export interface CustomerFile {
  customer: string;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  profile: CustomerProfile | null;
  addresses: CustomerAddress[];
  accounts: CustomerAccount[];
  banks: BankAccount[];
}

/** Leads from the uuid of a part to the customer's file that it is in. */
export interface CustomerPart {
  uuid: Uuid;
  customer: string;
}

/** The most addresses, or accounts, of one customer, as one item of the store holds them all. */
export const MAX_PARTS = 100;

export function newCustomerFile(customer: string): CustomerFile {
  return { customer, version: 0, profile: null, addresses: [], accounts: [], banks: [] };
}

/** @throws LedgerError profile_exists */
export function newProfile(file: CustomerFile, draft: ProfileDraft, now: string): CustomerProfile {
  if (file.profile !== null) throw new LedgerError('profile_exists', file.customer);
  return { ...draft, createdAt: now, updatedAt: now };
}

/** @throws LedgerError profile_not_found */
export function changedProfile(
  file: CustomerFile,
  draft: ProfileDraft,
  now: string,
): CustomerProfile {
  if (file.profile === null) throw new LedgerError('profile_not_found', file.customer);
  return { ...draft, createdAt: file.profile.createdAt, updatedAt: now };
}

/**
 * Adds an address, or replaces the one with its uuid. A new default takes the place of the one
 * before.
 * @throws LedgerError customer_file_full, address_type_fixed
 */
export function withAddress(file: CustomerFile, address: CustomerAddress): CustomerFile {
  const known = file.addresses.find((one) => one.uuid === address.uuid);
  if (known !== undefined && known.type !== address.type) {
    throw new LedgerError('address_type_fixed', address.uuid);
  }
  const others = address.isDefault
    ? file.addresses.map((one) => ({ ...one, isDefault: false }))
    : file.addresses;
  return { ...file, addresses: put(others, address, file.customer) };
}

/** @throws LedgerError customer_file_full */
export function withAccount(file: CustomerFile, account: CustomerAccount): CustomerFile {
  return { ...file, accounts: put(file.accounts, account, file.customer) };
}

/** @throws LedgerError customer_file_full */
export function withBank(file: CustomerFile, bank: BankAccount): CustomerFile {
  return { ...file, banks: put(file.banks, bank, file.customer) };
}

/** The file without an address, an account or a bank account. */
export function withoutPart(file: CustomerFile, uuid: Uuid): CustomerFile {
  const isOther = (one: { uuid: Uuid }) => one.uuid !== uuid;
  return {
    ...file,
    addresses: file.addresses.filter(isOther),
    accounts: file.accounts.filter(isOther),
    banks: file.banks.filter(isOther),
  };
}

function put<T extends { uuid: Uuid }>(list: readonly T[], part: T, customer: string): T[] {
  const index = list.findIndex((one) => one.uuid === part.uuid);
  if (index >= 0) return list.with(index, part);
  if (list.length >= MAX_PARTS) throw new LedgerError('customer_file_full', customer);
  return [...list, part];
}
