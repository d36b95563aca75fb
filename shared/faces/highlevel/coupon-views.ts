import { type Coupon, statusOf } from '#ledger/purchases/coupon.ts';

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
