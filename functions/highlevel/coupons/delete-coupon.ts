import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { text } from '#faces/highlevel/field-kinds.ts';
import { altQuery } from '#faces/highlevel/fields.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { deleteCoupon } from '#ledger/purchases/coupon-commands.ts';

/** Contract 5.16: a DELETE with a body. */
const operation = highLevelOperation({
  name: 'delete-coupon',
  summary: 'Delete a coupon',
  tag: 'Coupons',
  routes: ['DELETE /payments/coupon'],
  scopes: ['payments/coupons.write'],
  grants: { ledger: ['read', 'put', 'delete'] },
  body: z.object({ ...altQuery, id: text(64) }),
  response: z.looseObject({ success: z.literal(true), traceId: z.string() }),
  errors: ['coupon_not_found'],
  handle: async ({ body, caller, context, traceId }) => {
    await deleteCoupon(context, locationOf(caller), body.id);
    return { success: true, traceId };
  },
});

export default operation;
export const { handler } = operation;
