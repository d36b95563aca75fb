import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { couponsAnswer } from '#faces/highlevel/coupon-shapes.ts';
import { couponRow } from '#faces/highlevel/coupon-views.ts';
import { parameter, text } from '#faces/highlevel/field-kinds.ts';
import { altQuery, pageQuery } from '#faces/highlevel/fields.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { nowMs } from '#ledger/core/context.ts';
import { listCoupons } from '#ledger/purchases/coupon-commands.ts';

/** Contract 5.13: newest first; without a limit, 100. */
const operation = highLevelOperation({
  name: 'list-coupons',
  summary: 'List coupons',
  tag: 'Coupons',
  routes: ['GET /payments/coupon/list'],
  scopes: ['payments/coupons.readonly'],
  grants: { ledger: ['query'] },
  query: z.object({
    ...altQuery,
    ...pageQuery,
    status: parameter(z.enum(['scheduled', 'active', 'expired'])),
    search: parameter(text(255)),
  }),
  response: couponsAnswer,
  errors: [],
  handle: async ({ query, caller, context, traceId }) => {
    const { status = null, search = null, limit = 100, offset = 0 } = query;
    const page = { status, search, limit, offset };
    const { entries, total } = await listCoupons(context, locationOf(caller), page);
    const data = entries.map((coupon) => couponRow(coupon, nowMs(context)));
    return { data, totalCount: total, traceId };
  },
});

export default operation;
export const { handler } = operation;
