import type { BankSnapshot } from '#ledger/customers/bank-account.ts';
import type { CustomerAddress, CustomerProfile } from '#ledger/customers/customer-file.ts';
import type { OpenAccount } from '#ledger/customers/customer-file-commands.ts';
import { plainTime } from './time.ts';

/** `customer_account` (contract C.5). */
export function accountView({ uuid, type, number }: OpenAccount) {
  return { uuid, account_type: type, account_number: number };
}

/** `customer_address` (contract C.5). */
export function addressView(address: CustomerAddress) {
  return {
    uuid: address.uuid,
    address1: address.line1,
    address2: address.line2,
    address3: address.line3,
    city: address.city,
    state_code: address.state,
    country: address.country,
    zip_code: address.postalCode,
    type: address.type,
    default: address.isDefault,
  };
}

/** `customer_profile` (contract C.5): what was sent, and when. */
export function profileView(profile: CustomerProfile) {
  return {
    first_name: profile.firstName,
    last_name: profile.lastName,
    cardholder_name: profile.cardholderName,
    document_identification_issuer_type: profile.documentIssuer,
    document_identification_type: profile.documentType,
    document_identification_number: profile.documentNumber,
    email: profile.email,
    phone: profile.phone,
    work_phone: profile.workPhone,
    home_phone: profile.homePhone,
    mobile_phone: profile.mobilePhone,
    birthdate: profile.birthdate,
    source_of_funds: profile.sourceOfFunds,
    occupation: profile.occupation,
    social_security_number: profile.socialSecurityNumber,
    created_at: plainTime(profile.createdAt),
    updated_at: plainTime(profile.updatedAt),
  };
}

/** The bank account object (contract C.1.4): its number is never answered in full. */
export function bankView(bank: BankSnapshot) {
  return {
    object: 'BANK_ACCOUNT',
    uuid: bank.uuid,
    holder: bank.holder,
    iban: bank.maskedIban,
    bic: bank.bic,
    bank: bank.bank,
    country: bank.country,
    additional: bank.additional,
    creation_date: plainTime(bank.createdAt),
  };
}
