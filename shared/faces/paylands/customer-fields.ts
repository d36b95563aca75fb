import { iso31661Alpha2ToAlpha3, iso31661Alpha3ToAlpha2 } from 'iso-3166';
import * as z from 'zod/mini';
import { ACCOUNT_TYPES, isAccountNumber, keptNumber } from '#ledger/customers/account-number.ts';
import type { CustomerAddress, Phone, ProfileDraft } from '#ledger/customers/customer-file.ts';
import { parseIban } from '#ledger/customers/iban.ts';
import { email, externalId, flag, optional, personName, text, uuid } from './fields.ts';

/** Contract D.9, AddressType. */
const ADDRESS_TYPES = ['OTHER', 'BILLING', 'SHIPPING'] as const;

/** Contract D.9, DocumentIdentificationIssuer. */
const DOCUMENT_ISSUERS = [
  'STATE_GOVERNMENT',
  'FEDERAL_GOVERNMENT',
  'MONEY_TRANSMITTER',
  'PROFESSIONAL_ASSOCIATION',
] as const;

/** Contract D.9, DocumentIdentificationType. */
const DOCUMENT_TYPES = [
  'ALIEN_REGISTRATION_CARD',
  'ELECTOR_CREDENTIAL',
  'FISCAL_IDENTIFICATION_CODE',
  'ORIGIN_COUNTRY_IDENTIFICATION_CODE',
  'FOREIGN_IDENTIFICATION_DOCUMENT',
  'NATIONAL_IDENTITY_DOCUMENT',
  'OTHER_PHYSICAL_PERSON_DOCUMENTS',
  'DRIVER_LICENSE',
  'CONSULAR_REGISTRATION',
  'UNDER_AGE',
  'RESIDENCE_CARD',
  'TAX_IDENTIFICATION_NUMBER',
  'NON_DRIVER_LICENSE_PHOTO_ID',
  'VALID_PASSPORT',
  'DIPLOMAT_IDENTITY_CARD',
  'US_GOVERNMENT_ISSUER_ID',
  'UNIQUE_ID_ISSUED_BY_MT',
] as const;

/** A country as three letters; two are understood too (ISO 3166-1). */
const country = z.pipe(
  z.pipe(
    z.string(),
    z.transform((code) => {
      const wanted = code.toUpperCase();
      return iso31661Alpha2ToAlpha3[wanted] ?? wanted;
    }),
  ),
  z
    .string()
    .check(
      z.refine(
        (code) => iso31661Alpha3ToAlpha2[code] !== undefined,
        'must be a country as three letters, such as ESP',
      ),
    ),
);

/** `YYYY-MM-DD`, a day that the calendar has and that is not to come. */
const birthdate = z.string().check(
  z.refine((day) => {
    const time = Date.parse(`${day}T00:00:00Z`);
    const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(time);
    return isDay && new Date(time).toISOString().startsWith(day) && time <= Date.now();
  }, 'must be a day in the past as YYYY-MM-DD'),
);

/** The prefix with or without its plus sign; a telephone with neither part is none. */
const phone = z.pipe(
  z.transform((value: unknown) => (isBlankPhone(value) ? undefined : value)),
  z.optional(
    z.object({
      number: z.pipe(
        text(32),
        z.string().check(z.regex(/^[\d\s().-]{3,}$/, 'must be the digits of a telephone')),
      ),
      prefix: optional(
        z.pipe(text(8), z.string().check(z.regex(/^\+?\d{1,4}$/, 'must be a prefix such as +34'))),
      ),
    }),
  ),
);

/** An IBAN in any form, kept without blanks and in capitals. */
export const iban = z.pipe(z.pipe(text(64), z.transform(parseIban)), z.string());

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

const addressFields = {
  external_id: externalId,
  address1: text(50),
  address2: optional(text(50)),
  address3: optional(text(50)),
  city: text(255),
  country,
  default: flag,
  state_code: text(255),
  /** Required by the documentation and left out in its examples. */
  type: optional(z.enum(ADDRESS_TYPES)),
  zip_code: text(32),
};

export const profileBody = z.object({
  external_id: externalId,
  first_name: personName,
  last_name: personName,
  cardholder_name: optional(personName),
  document_identification_issuer_type: optional(z.enum(DOCUMENT_ISSUERS)),
  document_identification_type: optional(z.enum(DOCUMENT_TYPES)),
  document_identification_number: optional(text(64)),
  email: optional(email),
  phone: optional(phone),
  work_phone: optional(phone),
  home_phone: optional(phone),
  mobile_phone: optional(phone),
  birthdate: optional(birthdate),
  source_of_funds: optional(text(255)),
  occupation: optional(text(255)),
  social_security_number: optional(text(64)),
});

export const newAddressBody = z.object(addressFields);
export const addressBody = z.object({ uuid, ...addressFields });

/** The address of a request, as the ledger takes it. */
export function addressDraft(
  body: z.output<typeof newAddressBody>,
): Omit<CustomerAddress, 'uuid' | 'type'> {
  return {
    line1: body.address1,
    line2: body.address2 ?? null,
    line3: body.address3 ?? null,
    city: body.city,
    state: body.state_code,
    country: body.country,
    postalCode: body.zip_code,
    isDefault: body.default,
  };
}

/** The profile of a request, as the ledger takes it. */
export function profileDraft(body: z.output<typeof profileBody>): ProfileDraft {
  return {
    firstName: body.first_name,
    lastName: body.last_name,
    cardholderName: body.cardholder_name ?? null,
    documentIssuer: body.document_identification_issuer_type ?? null,
    documentType: body.document_identification_type ?? null,
    documentNumber: body.document_identification_number ?? null,
    email: body.email ?? null,
    phone: phoneOf(body.phone),
    workPhone: phoneOf(body.work_phone),
    homePhone: phoneOf(body.home_phone),
    mobilePhone: phoneOf(body.mobile_phone),
    birthdate: body.birthdate ?? null,
    sourceOfFunds: body.source_of_funds ?? null,
    occupation: body.occupation ?? null,
    socialSecurityNumber: body.social_security_number ?? null,
  };
}

function phoneOf(given: z.output<typeof phone>): Phone | null {
  return given === undefined ? null : { prefix: given.prefix ?? null, number: given.number };
}

function isBlankPhone(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([key, part]) => (key === 'number' || key === 'prefix') && (part === null || part === ''),
  );
}
