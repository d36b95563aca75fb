import * as z from 'zod/mini';
import { type Coupon, statusOf } from '#ledger/purchases/coupon.ts';

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

/** Contract appendix A, CreateCouponResponseDto without its trace. */
export function couponView(coupon: Coupon, nowMs: number): Record<string, unknown> {
  const { discount, renewals } = coupon;
  const { months } = renewals;
  return {
    _id: coupon.id,
    usageCount: coupon.usageCount,
    limitPerCustomer: coupon.customerLimit ?? 0,
    altId: coupon.location,
    altType: 'location',
    name: coupon.name,
    code: coupon.code,
    discountType: discount.type,
    discountValue: discount.value,
    status: statusOf(coupon, nowMs),
    startDate: coupon.startsAt,
    ...(coupon.endsAt === null ? {} : { endDate: coupon.endsAt }),
    applyToFuturePayments: renewals.isApplied,
    applyToFuturePaymentsConfig:
      months === null
        ? { type: 'forever' }
        : { type: 'fixed', duration: months, durationType: 'months' },
    createdAt: coupon.createdAt,
    updatedAt: coupon.updatedAt,
  };
}

/** Contract appendix A, CouponDto: a row also says what the coupon is limited to. */
export function couponRow(coupon: Coupon, nowMs: number): Record<string, unknown> {
  return {
    ...couponView(coupon, nowMs),
    productIds: coupon.products,
    priceIds: coupon.prices,
    variantIds: coupon.variants,
  };
}
