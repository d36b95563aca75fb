import * as z from 'zod/mini';
import { withoutCardNumbersIn } from '#ledger/cards/card-numbers.ts';
import { parseInput } from '#operation/http/parse.ts';
import { withoutEmpties } from './empties.ts';
import { amount, email, integer, optional, text } from './fields.ts';
import { formOf } from './wording.ts';

/** What is known of it. Made when a request first brings some: most bring none. */
const known = z.lazy(() => {
  const addressOf = optional(address());
  const lists = shares();
  return z.looseObject({
    profile: optional(profile()),
    address: addressOf,
    billing_address: addressOf,
    shipping_address: addressOf,
    payment: optional(z.looseObject({ installments: optional(integer(1, 99)) })),
    cof: optional(z.looseObject({ reason: words() })),
    checkout: optional(z.looseObject({ uuid: words() })),
    marketplace: lists,
    marketplace_refunds: lists,
  });
});

function words() {
  return optional(text(255));
}

function profile() {
  const phone = optional(
    z.looseObject(
      { number: optional(text(64)), prefix: optional(text(8)) },
      'must be an object such as {"prefix":"+34","number":"600000000"}',
    ),
  );
  return z.looseObject({
    first_name: words(),
    last_name: words(),
    email: optional(email),
    phone,
    home_phone: phone,
    work_phone: phone,
    mobile_phone: phone,
  });
}

function address() {
  return z.looseObject({
    address1: words(),
    city: words(),
    country: optional(text(64)),
    zip_code: optional(text(32)),
  });
}

/**
 * What merchants of a marketplace get of a payment, or return of a refund: a list, which the
 * documentation prints as an object that holds its items.
 */
function shares() {
  const share = z.looseObject({
    merchant_location_id: integer(0, Number.MAX_SAFE_INTEGER),
    amount,
    net_amount: optional(amount),
    description: optional(text(1000)),
  });
  return optional(
    z.union(
      [z.array(share), z.record(z.string(), share)],
      'must be a list of objects with merchant_location_id, amount and net_amount',
    ),
  );
}

/** An order is one item of the store, which has a size. */
const MAX_CHARACTERS = 32 * 1024;

/** `extra_data` (contract C.1.6): what is known of it is checked, and all of it is kept. */
export const extraData = z.record(z.string(), z.unknown(), 'must be an object').check((context) => {
  const { value, issues } = context;
  if (JSON.stringify(value).length > MAX_CHARACTERS) {
    const message = `must be at most ${MAX_CHARACTERS} characters of JSON`;
    issues.push({ code: 'custom', input: value, path: [], message });
  }
  for (const issue of parseInput(known, value).error?.issues ?? []) {
    const message = formOf(issue) ?? undefined;
    issues.push({ code: 'custom', input: value, path: [...issue.path], message });
  }
});

/**
 * `extra_data` as it may come: what is empty in it was not given, and is not echoed; card numbers in
 * it are left with their last four digits.
 */
export function optionalExtraData<T extends z.ZodMiniType>(type: T) {
  const tidy = (value: unknown) => withoutCardNumbersIn(withoutEmpties(value));
  return z.pipe(z.transform(tidy), optional(type));
}
