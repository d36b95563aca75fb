import * as z from 'zod/mini';
import type { Phone, ProfileDraft } from '#ledger/customers/customer-file.ts';
import { isTelephone } from '#ledger/customers/telephone.ts';
import { email, externalId, nameText, optional, personName, text } from './fields.ts';

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

/** `YYYY-MM-DD`, a day that the calendar has and that is not to come. */
const birthdate = z.string().check(
  z.refine((day) => {
    const time = Date.parse(`${day}T00:00:00Z`);
    const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(time);
    return isDay && new Date(time).toISOString().startsWith(day) && time <= Date.now();
  }, 'must be a day in the past as YYYY-MM-DD'),
);

/**
 * The prefix with or without its plus sign; a telephone with neither part is none. What a buyer has
 * typed into a shop's form may have the prefix in front of the number too.
 */
const phone = z.pipe(
  z.transform((value: unknown) => (isBlankPhone(value) ? undefined : value)),
  z.optional(
    z.object({
      number: z.pipe(
        nameText(32),
        z.string().check(z.refine(isTelephone, 'must be the digits of a telephone')),
      ),
      prefix: optional(
        z.pipe(
          text(8),
          z.string().check(z.regex(/^\+?\d[\d\s-]*$/, 'must be a prefix such as +34')),
        ),
      ),
    }),
  ),
);

export const profileBody = z.object({
  external_id: externalId,
  first_name: personName,
  last_name: personName,
  cardholder_name: optional(personName),
  document_identification_issuer_type: optional(z.enum(DOCUMENT_ISSUERS)),
  document_identification_type: optional(z.enum(DOCUMENT_TYPES)),
  document_identification_number: optional(nameText(64)),
  email: optional(email),
  phone: optional(phone),
  work_phone: optional(phone),
  home_phone: optional(phone),
  mobile_phone: optional(phone),
  birthdate: optional(birthdate),
  source_of_funds: optional(nameText(255)),
  occupation: optional(nameText(255)),
  social_security_number: optional(nameText(64)),
});

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
