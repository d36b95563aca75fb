import * as z from 'zod/mini';

const text = z.optional(z.string());
const object = z.optional(z.looseObject({}));

const common = {
  _id: z.string(),
  altId: z.string(),
  altType: z.literal('location'),
  contactId: text,
  currency: z.string(),
  amount: z.number(),
  status: z.string(),
  liveMode: z.boolean(),
  entityType: text,
  entityId: text,
  subscriptionId: text,
  subscriptionSnapshot: object,
  ipAddress: text,
  createdAt: z.string(),
  updatedAt: z.string(),
  createdBy: text,
};

/** Contract appendix A, SubscriptionResponseSchema; the count, which it does not name, is ours. */
export const subscriptionRowShape = z.looseObject({
  ...common,
  contactName: text,
  contactEmail: text,
  entitySourceType: z.string(),
  entitySourceName: text,
  entitySourceId: text,
  entitySourceMeta: object,
  paymentProviderType: text,
  paymentProviderConnectedAccount: text,
  paymentsCollectedCount: z.optional(z.int()),
});

/** Contract appendix A, GetSubscriptionResponseSchema. */
export const subscriptionShape = z.looseObject({
  ...common,
  contactSnapshot: object,
  entitySource: object,
  coupon: object,
  paymentProvider: object,
  meta: object,
  markAsTest: z.optional(z.boolean()),
  schedule: object,
  autoPayment: object,
  recurringProduct: object,
  canceledAt: text,
  canceledBy: text,
  traceId: z.string(),
});
