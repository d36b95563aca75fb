import { nowMs } from '../../../shared/ledger/context.ts';
import { replaceCoupon } from '../../../shared/ledger/coupons.ts';
import { locationOf } from '../../../shared/operation/highlevel/access.ts';
import { changedCouponFields, draftOf } from '../../../shared/operation/highlevel/coupon-fields.ts';
import { couponAnswer, couponView } from '../../../shared/operation/highlevel/coupon-views.ts';
import { highLevelOperation } from '../../../shared/operation/highlevel/operation.ts';

/** Contract 5.15: replaces the whole coupon; its id is in the body. */
const operation = highLevelOperation({
  name: 'update-coupon',
  summary: 'Replace a coupon',
  tag: 'Coupons',
  routes: ['PUT /payments/coupon'],
  scopes: ['payments/coupons.write'],
  grants: { ledger: 'write', key: true },
  body: changedCouponFields,
  response: couponAnswer,
  errors: {
    404: 'There is no such coupon',
    422: 'Violations of the documented types; the code is used by another coupon',
  },
  handle: async ({ body, caller, context, traceId }) => {
    const coupon = await replaceCoupon(context, locationOf(caller), body.id, draftOf(body));
    return { ...couponView(coupon, nowMs(context)), traceId };
  },
});

export default operation;
export const { handler } = operation;
