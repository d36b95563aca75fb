import * as z from 'zod/mini';

const text = z.string();
const ids = z.array(text);

const shape = {
  _id: text,
  usageCount: z.int(),
  limitPerCustomer: z.int(),
  altId: text,
  altType: z.literal('location'),
  name: text,
  code: text,
  discountType: z.enum(['percentage', 'amount']),
  discountValue: z.number(),
  status: z.enum(['scheduled', 'active', 'expired']),
  startDate: text,
  endDate: z.optional(text),
  applyToFuturePayments: z.boolean(),
  applyToFuturePaymentsConfig: z.looseObject({
    type: z.enum(['forever', 'fixed']),
    duration: z.optional(z.int()),
    durationType: z.optional(text),
  }),
  createdAt: text,
  updatedAt: text,
};

/** Contract appendix A, CreateCouponResponseDto. */
export const couponAnswer = z.looseObject({ ...shape, traceId: text });

/** Contract appendix A, ListCouponsResponseDto. */
export const couponsAnswer = z.looseObject({
  data: z.array(z.looseObject({ ...shape, productIds: ids, priceIds: ids, variantIds: ids })),
  totalCount: z.int(),
  traceId: text,
});
