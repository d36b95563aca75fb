import * as z from 'zod/mini';
import { ACCOUNT_TYPES } from '#ledger/customers/account-number.ts';
import { answerShape } from './shapes.ts';

const text = z.string();
const nullableText = z.nullable(z.string());
const phone = z.nullable(z.looseObject({ number: text, prefix: nullableText }));

const customer = z.looseObject({ external_id: text });

const account = z.looseObject({
  uuid: text,
  account_type: z.enum(ACCOUNT_TYPES),
  account_number: text,
});

const address = z.looseObject({
  uuid: text,
  address1: text,
  address2: nullableText,
  address3: nullableText,
  city: text,
  state_code: text,
  country: text,
  zip_code: text,
  type: z.enum(['OTHER', 'BILLING', 'SHIPPING']),
  default: z.boolean(),
});

const profile = z.looseObject({
  first_name: text,
  last_name: text,
  cardholder_name: nullableText,
  document_identification_issuer_type: nullableText,
  document_identification_type: nullableText,
  document_identification_number: nullableText,
  email: nullableText,
  phone,
  work_phone: phone,
  home_phone: phone,
  mobile_phone: phone,
  birthdate: nullableText,
  source_of_funds: nullableText,
  occupation: nullableText,
  social_security_number: nullableText,
  created_at: text,
  updated_at: text,
});

/** Contract C.5. The customer is named when something was written for it. */
export const accountAnswer = answerShape({ customer_account: account });
export const customerAccountAnswer = answerShape({ customer, customer_account: account });
export const addressAnswer = answerShape({ customer_address: address });
export const customerAddressAnswer = answerShape({ customer, customer_address: address });
export const profileAnswer = answerShape({ customer_profile: profile });
export const customerProfileAnswer = answerShape({ customer, customer_profile: profile });
