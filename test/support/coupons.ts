import type { CouponDraft } from '#ledger/purchases/coupon.ts';

/** A coupon for whatever is bought, with its code for a name. */
export function couponDraft(code: string): CouponDraft {
  return {
    name: code,
    code,
    discount: { type: 'amount', value: 5 },
    startsAt: '2026-01-01T00:00:00.000Z',
    endsAt: null,
    usageLimit: null,
    customerLimit: null,
    products: [],
    prices: [],
    variants: [],
    renewals: { isApplied: true, months: null },
  };
}
