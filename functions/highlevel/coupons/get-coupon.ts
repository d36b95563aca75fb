import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { couponAnswer } from '#faces/highlevel/coupon-shapes.ts';
import { couponView } from '#faces/highlevel/coupon-views.ts';
import { parameter, text } from '#faces/highlevel/field-kinds.ts';
import { altQuery } from '#faces/highlevel/fields.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { nowMs } from '#ledger/core/context.ts';
import { findCoupon, getCoupon } from '#ledger/purchases/coupon-commands.ts';

/** Contract 5.17: `id` and `code` are both marked required, but either is enough; `id` wins. */
const operation = highLevelOperation({
  name: 'get-coupon',
  summary: 'Get a coupon by its id or its code',
  tag: 'Coupons',
  routes: ['GET /payments/coupon'],
  scopes: ['payments/coupons.readonly'],
  grants: { ledger: ['read'] },
  query: z.object({ ...altQuery, id: parameter(text(64)), code: parameter(text(64)) }).check(
    z.refine(({ id, code }) => id !== undefined || code !== undefined, {
      path: ['id'],
      error: 'or code should not be empty',
    }),
  ),
  response: couponAnswer,
  errors: ['coupon_not_found'],
  handle: async ({ query, caller, context, traceId }) => {
    const location = locationOf(caller);
    const { id, code = '' } = query;
    const coupon =
      id === undefined
        ? await findCoupon(context, location, code)
        : await getCoupon(context, location, id);
    return { ...couponView(coupon, nowMs(context)), traceId };
  },
});

export default operation;
export const { handler } = operation;
