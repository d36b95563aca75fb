import * as z from 'zod/mini';

/**
 * The shapes of HighLevel's answers (contract, appendix A), for the documentation and for tests.
 * Objects are loose: clients are told that fields may be added.
 */

const text = z.string();
const number = z.number();
const object = z.record(z.string(), z.unknown());

const alt = { altId: text, altType: text, liveMode: z.optional(z.boolean()) };
const times = { createdAt: text, updatedAt: text };

const contactFields = {
  contactId: z.optional(text),
  contactName: z.optional(text),
  contactEmail: z.optional(text),
};

/** A page of a list. */
export function listShape(row: z.ZodMiniType) {
  return z.looseObject({ data: z.array(row), totalCount: number });
}

const sourceShape = z.looseObject({
  type: text,
  subType: z.optional(text),
  id: text,
  name: z.optional(text),
  meta: z.optional(object),
});

export const orderRowShape = z.looseObject({
  _id: text,
  ...alt,
  ...contactFields,
  currency: text,
  amount: number,
  subtotal: number,
  discount: number,
  status: text,
  paymentStatus: text,
  totalProducts: number,
  onetimeProducts: number,
  recurringProducts: number,
  sourceType: text,
  sourceSubType: z.optional(text),
  sourceId: text,
  sourceName: z.optional(text),
  sourceMeta: z.optional(object),
  couponCode: z.optional(text),
  fulfillmentStatus: text,
  createdBy: z.optional(text),
  ...times,
});

const itemShape = z.looseObject({ name: text, qty: number, product: object, price: object });

export const orderShape = z.looseObject({
  _id: text,
  ...alt,
  contactId: z.optional(text),
  contactSnapshot: z.optional(object),
  currency: text,
  amount: number,
  status: text,
  paymentStatus: text,
  fulfillmentStatus: text,
  amountSummary: z.looseObject({
    subtotal: number,
    discount: number,
    tax: number,
    shipping: number,
  }),
  source: sourceShape,
  items: z.array(itemShape),
  coupon: z.optional(object),
  ...times,
  traceId: text,
});

const transactionFields = {
  _id: text,
  ...alt,
  contactId: z.optional(text),
  currency: text,
  amount: number,
  amountRefunded: number,
  status: text,
  entityType: text,
  entityId: text,
  subscriptionId: z.optional(text),
  chargeId: text,
  chargeSnapshot: object,
  ipAddress: z.optional(text),
  ...times,
};

export const transactionRowShape = z.looseObject({
  ...transactionFields,
  entitySourceType: text,
  entitySourceId: text,
  paymentProviderType: text,
  paymentMethod: object,
  fulfilledAt: text,
});

export const transactionShape = z.looseObject({
  ...transactionFields,
  contactSnapshot: z.optional(object),
  entitySource: sourceShape,
  paymentProvider: object,
  traceId: text,
});

export const fulfillmentShape = z.looseObject({
  _id: text,
  altId: text,
  altType: text,
  trackings: z.array(object),
  items: z.array(itemShape),
  ...times,
});

export const noteShape = z.looseObject({ _id: text, note: text, orderId: text, ...times });

/** Every error (contract 1.7). */
export const errorShape = z.looseObject({
  statusCode: z.int(),
  status: z.int(),
  message: z.union([text, z.array(text)]),
  error: text,
  name: text,
  traceId: text,
});
