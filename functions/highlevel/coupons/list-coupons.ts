import * as z from 'zod/mini';
import { nowMs } from '../../../shared/ledger/context.ts';
import { listCoupons } from '../../../shared/ledger/coupons.ts';
import { locationOf } from '../../../shared/operation/highlevel/access.ts';
import { couponRow, couponsAnswer } from '../../../shared/operation/highlevel/coupon-views.ts';
import {
  altQuery,
  pageQuery,
  parameter,
  text,
} from '../../../shared/operation/highlevel/fields.ts';
import { highLevelOperation } from '../../../shared/operation/highlevel/operation.ts';

/** Contract 5.13: newest first; without a limit, 100. */
const operation = highLevelOperation({
  name: 'list-coupons',
  summary: 'List coupons',
  tag: 'Coupons',
  routes: ['GET /payments/coupon/list'],
  scopes: ['payments/coupons.readonly'],
  grants: { ledger: 'read', key: true },
  query: z.object({
    ...altQuery,
    ...pageQuery,
    status: parameter(z.enum(['scheduled', 'active', 'expired'])),
    search: parameter(text(255)),
  }),
  response: couponsAnswer,
  errors: { 422: 'Violations of the documented types' },
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
