import * as z from 'zod/mini';

/**
 * The shapes of Paylands' answers, for the documentation and for tests. Objects are loose: clients
 * are told that fields may be added (contract A.1).
 */

const text = z.string();
const nullableText = z.nullable(z.string());

/** Every success carries these (contract A.4). */
const head = { message: z.literal('OK'), code: z.literal(200), current_time: text };

export function answerShape<S extends z.core.$ZodLooseShape>(shape: S) {
  return z.looseObject({ ...head, ...shape });
}

/** An empty envelope. */
export const emptyAnswer = answerShape({});

/** Contract A.5. */
export const errorAnswer = z.looseObject({
  message: text,
  code: z.int(),
  details: z.optional(text),
});

/** Contract C.1.3. */
export const cardShape = z.looseObject({
  object: z.literal('CARD'),
  uuid: text,
  type: z.enum(['CREDIT', 'DEBIT']),
  token: text,
  brand: text,
  country: text,
  holder: text,
  bin: z.int(),
  last4: text,
  is_saved: z.boolean(),
  expire_month: text,
  expire_year: text,
  additional: nullableText,
  bank: nullableText,
  prepaid: z.boolean(),
  validation_date: nullableText,
  creation_date: text,
  brand_description: z.null(),
  origin: text,
  cof: z.looseObject({ is_available: z.boolean() }),
});

/** Contract C.1.4. */
export const bankShape = z.looseObject({
  object: z.literal('BANK_ACCOUNT'),
  uuid: text,
  holder: text,
  iban: text,
  bic: nullableText,
  bank: nullableText,
  country: text,
  additional: nullableText,
  creation_date: text,
});

/** Contract C.1.2. */
const transactionShape = z.looseObject({
  uuid: text,
  created: text,
  updated: text,
  created_from_client_timezone: text,
  operative: z.enum([
    'AUTHORIZATION',
    'DEFERRED',
    'CONFIRMATION',
    'CANCELLATION',
    'REFUND',
    'PAYOUT',
    'TRANSFER',
  ]),
  amount: z.int(),
  authorization: text,
  processor_id: nullableText,
  status: z.enum(['PENDING', 'SUCCESS', 'REFUSED', 'CANCELLED', 'ERROR']),
  error: text,
  source: z.nullable(z.union([cardShape, bankShape])),
  antifraud: z.nullable(
    z.looseObject({
      evaluation: z.enum(['NONE', 'RISKY', 'FRAUD', 'WHITELISTED', 'BLACKLISTED']),
      score: z.int(),
      risk_score: z.int(),
      fraud_score: z.int(),
    }),
  ),
  device: z.nullable(z.object({ fingerprint: text, user_agent: text })),
  error_details: z.nullable(z.looseObject({ error_description: text })),
  pos: z.optional(
    z.looseObject({
      requestor_id: text,
      pos_device_id: text,
      reversal: z.boolean(),
      brand: nullableText,
      masked_pan: nullableText,
      verification_method: text,
      entry_mode: nullableText,
      expiry_date: nullableText,
    }),
  ),
  bizum: z.optional(z.looseObject({ account: nullableText, phone_number: text })),
});

/** Contract C.1.1. */
export const orderShape = z.looseObject({
  uuid: text,
  created: text,
  updated: text,
  created_from_client_timezone: text,
  amount: z.int(),
  currency: text,
  paid: z.boolean(),
  status: text,
  safe: z.boolean(),
  refunded: z.int(),
  additional: nullableText,
  service: text,
  service_uuid: text,
  customer: nullableText,
  cof_txnid: nullableText,
  transactions: z.array(transactionShape),
  token: nullableText,
  ip: nullableText,
  reference: nullableText,
  dynamic_descriptor: nullableText,
  threeds_data: z.nullable(
    z.looseObject({
      version: text,
      flow: z.enum(['FRICTIONLESS', 'CHALLENGE']),
      sca_requested: z.boolean(),
      status: text,
      eci: nullableText,
      exemption: nullableText,
    }),
  ),
  captured: z.int(),
  urls: z.optional(z.record(z.string(), text)),
});

/** The answer of every operation on an order (contract B.4). */
export const orderAnswer = answerShape({
  order: orderShape,
  client: z.looseObject({ uuid: text }),
  extra_data: z.optional(z.record(z.string(), z.unknown())),
  validation_hash: text,
});

/** A stored card with its owner (contract C.6). */
export const sourceShape = {
  Customer: z.looseObject({ external_id: text }),
  Source: cardShape,
};

export const sourceAnswer = answerShape(sourceShape);
