import { iso31661Alpha2ToAlpha3, iso31661Alpha3ToAlpha2 } from 'iso-3166';
import * as z from 'zod/mini';
import type { CustomerAddress } from '#ledger/customers/customer-file.ts';
import { externalId, flag, nameText, optional, uuid } from './fields.ts';

/** Contract D.9, AddressType. */
const ADDRESS_TYPES = ['OTHER', 'BILLING', 'SHIPPING'] as const;

const COUNTRY_WORDS = 'must be a country as three letters, such as ESP';

/** A country as three letters; two are understood too (ISO 3166-1). */
const country = z.pipe(
  z.pipe(
    z.string(COUNTRY_WORDS),
    z.transform((code) => {
      const wanted = code.toUpperCase();
      return iso31661Alpha2ToAlpha3[wanted] ?? wanted;
    }),
  ),
  z.string().check(z.refine((code) => iso31661Alpha3ToAlpha2[code] !== undefined, COUNTRY_WORDS)),
);

const addressFields = {
  external_id: externalId,
  address1: nameText(50),
  address2: optional(nameText(50)),
  address3: optional(nameText(50)),
  city: nameText(255),
  country,
  default: flag,
  state_code: nameText(255),
  /** Required by the documentation and left out in its examples. */
  type: optional(z.enum(ADDRESS_TYPES)),
  zip_code: nameText(32),
};

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
