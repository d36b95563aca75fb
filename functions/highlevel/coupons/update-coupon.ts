import { locationOf } from '#faces/highlevel/access.ts';
import { changedCouponFields, draftOf } from '#faces/highlevel/coupon-fields.ts';
import { couponAnswer } from '#faces/highlevel/coupon-shapes.ts';
import { couponView } from '#faces/highlevel/coupon-views.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { nowMs } from '#ledger/core/context.ts';
import { replaceCoupon } from '#ledger/purchases/coupon-commands.ts';

/** Contract 5.15: replaces the whole coupon; its id is in the body. */
const operation = highLevelOperation({
  name: 'update-coupon',
  summary: 'Replace a coupon',
  tag: 'Coupons',
  routes: ['PUT /payments/coupon'],
  scopes: ['payments/coupons.write'],
  grants: { ledger: ['read', 'put', 'delete'] },
  body: changedCouponFields,
  response: couponAnswer,
  errors: ['coupon_not_found', 'coupon_code_taken'],
  handle: async ({ body, caller, context, traceId }) => {
    const coupon = await replaceCoupon(context, locationOf(caller), body.id, draftOf(body));
    return { ...couponView(coupon, nowMs(context)), traceId };
  },
});

export default operation;
export const { handler } = operation;
