import * as z from 'zod/mini';
import type { Currency } from '#ledger/orders/order.ts';
import type { Purchase } from '#ledger/purchases/purchase.ts';
import { email, optional } from './field-kinds.ts';
import { toMinor } from './money.ts';

/**
 * What was sold, as HighLevel's OrderCreate event says it (contract 6). It comes with an order that
 * is imported, and as `extra_data.highlevel` with an order of the other face: there it is ours.
 * Amounts are major units.
 */

/** Every product is a row of an index, and all rows of an order are written at once. */
const MAX_ITEMS = 50;

/** Made when the first comes: most orders of the other face bring none. */
export const purchaseDocument = z.lazy(() =>
  z.object({
    contactId: optional(id()),
    contactSnapshot: optional(
      z.looseObject({
        name: optional(name()),
        firstName: optional(name()),
        lastName: optional(name()),
        email: optional(z.union([z.literal(''), email()])),
      }),
    ),
    source: optional(channelDocument()),
    items: optional(z.array(itemDocument()).check(z.maxLength(MAX_ITEMS))),
    amountSummary: optional(
      z.object({
        subtotal: amount(),
        discount: optional(amount()),
        tax: optional(amount()),
        shipping: optional(amount()),
      }),
    ),
    taxSummary: optional(z.array(z.looseObject({}))),
    coupon: optional(z.object({ _id: optional(id()), code: id() })),
    subscriptionId: optional(id()),
    createdBy: optional(id()),
  }),
);

function channelDocument() {
  return z.object({
    type: z.string().check(z.minLength(1), z.maxLength(64)),
    subType: optional(z.string().check(z.maxLength(64))),
    id: id(),
    name: optional(name()),
    meta: optional(z.looseObject({})),
  });
}

function itemDocument() {
  return z.object({
    name: name(),
    qty: z.int().check(z.gte(1), z.lte(1_000_000)),
    product: z.looseObject({ _id: id(), name: name() }),
    price: z.looseObject({
      _id: id(),
      name: name(),
      type: optional(z.enum(['one_time', 'recurring'])),
      amount: amount(),
    }),
  });
}

function id() {
  return z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[^\p{Cc}#]+$/u));
}

function name() {
  return z.string().check(z.maxLength(500));
}

function amount() {
  return z.number().check(z.gte(0));
}

export type PurchaseDocument = z.output<typeof purchaseDocument>;

/**
 * The prices in another currency than an order's, by where they are in the document: one of 17
 * dollars would be charged, and shown, as one of 17 euros.
 */
export function foreignPrices({ items = [] }: PurchaseDocument, { code }: Currency): string[] {
  return items.flatMap(({ price: { currency } }, index) =>
    typeof currency === 'string' && currency.toUpperCase() !== code
      ? [`items[${index}].price.currency`]
      : [],
  );
}

/** Amounts that the currency does not have, by where they are in the document. */
export class AmountsError extends Error {
  readonly paths: readonly string[];

  constructor(paths: readonly string[]) {
    super(`Not amounts of the currency: ${paths.join(', ')}`);
    this.paths = paths;
  }
}

/**
 * The purchase that a document describes; `total` is the order's amount in minor units.
 * @throws AmountsError when an amount has more decimals than the currency
 */
export function purchaseOf(document: PurchaseDocument, digits: number, total: number): Purchase {
  const wrong: string[] = [];
  const minor = (path: string, major: number): number => {
    const value = toMinor(major, digits);
    if (value === null) wrong.push(path);
    return value ?? 0;
  };
  const { amountSummary, source, coupon } = document;
  const inSummary = (path: string, major: number | undefined) =>
    major === undefined ? null : minor(`amountSummary.${path}`, major);
  const purchase: Purchase = {
    contact: contactOf(document),
    channel: {
      type: source?.type ?? 'external',
      subType: source?.subType ?? null,
      id: source?.id ?? '',
      name: source?.name ?? null,
      details: source?.meta ?? null,
    },
    items: (document.items ?? []).map((item, index) =>
      itemOf(item, minor(`items[${index}].price.amount`, item.price.amount)),
    ),
    summary: {
      subtotal: inSummary('subtotal', amountSummary?.subtotal) ?? total,
      discount: inSummary('discount', amountSummary?.discount) ?? 0,
      tax: inSummary('tax', amountSummary?.tax),
      shipping: inSummary('shipping', amountSummary?.shipping),
    },
    taxes: document.taxSummary ?? [],
    coupon: coupon === undefined ? null : { id: coupon._id ?? null, code: coupon.code },
    subscription: document.subscriptionId ?? null,
    createdBy: document.createdBy ?? null,
  };
  if (wrong.length > 0) throw new AmountsError(wrong);
  return purchase;
}

function contactOf({ contactId, contactSnapshot = {} }: PurchaseDocument): Purchase['contact'] {
  const { id: snapshotId, ...details } = contactSnapshot;
  const known = contactId ?? (typeof snapshotId === 'string' ? snapshotId : undefined);
  if (known === undefined) return null;
  const { name: full, firstName, lastName, email = null } = details;
  const parts = [firstName, lastName].filter((part) => part !== undefined).join(' ');
  return { id: known, name: full ?? (parts === '' ? null : parts), email, details };
}

function itemOf(
  item: z.output<ReturnType<typeof itemDocument>>,
  amount: number,
): Purchase['items'][number] {
  const { _id: productId, name: productName, ...productDetails } = item.product;
  const { _id: priceId, name: priceName, type, amount: _major, ...priceDetails } = item.price;
  return {
    name: item.name,
    quantity: item.qty,
    product: { id: productId, name: productName, details: productDetails },
    price: {
      id: priceId,
      name: priceName,
      isRecurring: type === 'recurring',
      amount,
      details: priceDetails,
    },
  };
}
