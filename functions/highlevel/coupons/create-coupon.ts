import { locationOf } from '#faces/highlevel/access.ts';
import { couponFields, draftOf } from '#faces/highlevel/coupon-fields.ts';
import { couponAnswer } from '#faces/highlevel/coupon-shapes.ts';
import { couponView } from '#faces/highlevel/coupon-views.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { nowMs } from '#ledger/core/context.ts';
import { createCoupon } from '#ledger/purchases/coupon-commands.ts';

/** Contract 5.14: the only operation that answers 201. */
const operation = highLevelOperation({
  name: 'create-coupon',
  summary: 'Create a coupon',
  tag: 'Coupons',
  routes: ['POST /payments/coupon'],
  scopes: ['payments/coupons.write'],
  grants: { ledger: ['read', 'put'] },
  success: 201,
  body: couponFields,
  response: couponAnswer,
  errors: ['coupon_code_taken'],
  handle: async ({ body, caller, context, traceId }) => {
    const coupon = await createCoupon(context, locationOf(caller), draftOf(body));
    return { ...couponView(coupon, nowMs(context)), traceId };
  },
});

export default operation;
export const { handler } = operation;
