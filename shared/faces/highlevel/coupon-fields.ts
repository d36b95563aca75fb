import * as z from 'zod/mini';
import { type CouponDraft, type CouponProblem, problemsOf } from '#ledger/purchases/coupon.ts';
import {
  count,
  nameText,
  noCardNumber,
  number,
  optional,
  text,
  whenObject,
} from './field-kinds.ts';
import { altType, boolean, locationId } from './fields.ts';

/** ISO 8601 with a time and a zone, kept as UTC; PHP's own format has no colon in the zone. */
const time = z.pipe(
  z
    .pipe(
      z.transform((value: unknown) =>
        typeof value === 'string' ? value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : value,
      ),
      z.string(),
    )
    .check(
      z.refine(
        (value) => z.safeParse(z.iso.datetime({ offset: true }), value).success,
        'must be a valid ISO 8601 date string',
      ),
    ),
  z.transform((value) => new Date(value).toISOString()),
);

/** Control characters would be six bytes each in the stored text. */
const id = nameText(64).check(z.refine((value) => !/\p{Cc}/u.test(value), 'is not valid'));
const ids = z.array(id).check(z.maxLength(200));
const wholeNumber = count(1, 1_000_000_000);

/** Contract appendix A, ApplyToFuturePaymentsConfig; `forever` needs no duration. */
const renewalsConfig = z
  .object({
    type: z.enum(['forever', 'fixed']),
    duration: optional(wholeNumber),
    durationType: optional(z.literal('months')),
  })
  .check(
    z.refine(({ type, duration }) => type === 'forever' || duration !== undefined, {
      path: ['duration'],
      error: 'should not be empty',
    }),
    z.refine(({ type, durationType }) => type === 'forever' || durationType !== undefined, {
      path: ['durationType'],
      error: 'should not be empty',
    }),
  );

const fields = z.object({
  altId: locationId,
  altType,
  name: nameText(255),
  code: z.string().check(
    z.minLength(1),
    z.maxLength(64),
    z.refine((value) => /^[^\s\p{C}]*$/u.test(value), 'must not contain spaces'),
    noCardNumber(),
  ),
  discountType: z.enum(['percentage', 'amount']),
  discountValue: number(z.gt(0), z.lte(1_000_000_000)),
  startDate: time,
  endDate: optional(time),
  usageLimit: optional(wholeNumber),
  productIds: optional(ids),
  priceIds: optional(ids),
  variantIds: optional(ids),
  applyToFuturePayments: optional(boolean),
  applyToFuturePaymentsConfig: optional(renewalsConfig),
  limitPerCustomer: optional(boolean),
});

type Fields = z.output<typeof fields>;

/** A rule of the ledger, looked at even when other fields are wrong: all violations are listed. */
function rule(problem: CouponProblem, field: 'discountValue' | 'endDate', error: string) {
  return z.refine<Fields>((given) => !problemsOf(draftOf(given)).includes(problem), {
    path: [field],
    error,
    when: whenObject,
  });
}

const rules = [
  rule('percentage_over_100', 'discountValue', 'must not be greater than 100'),
  rule('ends_before_start', 'endDate', 'must be after startDate'),
] as const;

/** Contract appendix A, CreateCouponParams. */
export const couponFields = fields.check(...rules);

/** Contract appendix A, UpdateCouponParams. */
export const changedCouponFields = z.extend(fields, { id: text(64) }).check(...rules);

/** A coupon as the ledger knows it. */
export function draftOf(given: Fields): CouponDraft {
  const config = given.applyToFuturePaymentsConfig;
  return {
    name: given.name,
    code: given.code,
    discount: { type: given.discountType, value: given.discountValue },
    startsAt: given.startDate,
    endsAt: given.endDate ?? null,
    usageLimit: given.usageLimit ?? null,
    customerLimit: given.limitPerCustomer === true ? 1 : null,
    products: given.productIds ?? [],
    prices: given.priceIds ?? [],
    variants: given.variantIds ?? [],
    renewals: {
      isApplied: given.applyToFuturePayments ?? true,
      months: config?.type === 'fixed' ? (config.duration ?? null) : null,
    },
  };
}
