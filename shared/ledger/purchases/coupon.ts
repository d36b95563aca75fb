import type { ObjectId } from '#ledger/core/ids.ts';

/** A discount that the buyers of a location get with a code. Times are ISO 8601 UTC. */
export interface Coupon {
  id: ObjectId;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  location: string;
  name: string;
  /** As it was given; codes that differ in case only are the same. */
  code: string;
  /** Percent, or units of the order's currency: a coupon has no currency of its own. */
  discount: { type: 'percentage' | 'amount'; value: number };
  startsAt: string;
  endsAt: string | null;
  /** How often it may be used, and by one customer; null for any number of times. */
  usageLimit: number | null;
  customerLimit: number | null;
  /** Counted by the orders that name it. */
  usageCount: number;
  /** What it is limited to; empty for everything. */
  products: string[];
  prices: string[];
  variants: string[];
  /** Whether renewals of a subscription get it too, and for how many months; null for ever. */
  renewals: { isApplied: boolean; months: number | null };
  createdAt: string;
  updatedAt: string;
}

/** The merchant's part of a coupon; the rest follows from the clock and from its use. */
export type CouponDraft = Omit<
  Coupon,
  'id' | 'version' | 'location' | 'usageCount' | 'createdAt' | 'updatedAt'
>;

export type CouponStatus = 'scheduled' | 'active' | 'expired';

/** The status of a coupon at a time: it expires when its end has come or when it is used up. */
export function statusOf(coupon: Coupon, nowMs: number): CouponStatus {
  const isOver = coupon.endsAt !== null && Date.parse(coupon.endsAt) <= nowMs;
  if (isOver || isUsedUp(coupon)) return 'expired';
  return Date.parse(coupon.startsAt) > nowMs ? 'scheduled' : 'active';
}

export function isUsedUp({ usageLimit, usageCount }: Coupon): boolean {
  return usageLimit !== null && usageCount >= usageLimit;
}

export type CouponProblem = 'percentage_over_100' | 'ends_before_start';

/** What is wrong with a draft as a whole. */
export function problemsOf({ discount, startsAt, endsAt }: CouponDraft): CouponProblem[] {
  const problems: CouponProblem[] = [];
  if (discount.type === 'percentage' && discount.value > 100) problems.push('percentage_over_100');
  if (endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt)) {
    problems.push('ends_before_start');
  }
  return problems;
}

/** The form in which codes are compared. */
export function foldCode(code: string): string {
  return code.toUpperCase();
}

/** Whether a coupon has a status and contains a text in its name or its code, in any case. */
export function matches(
  coupon: Coupon,
  filter: { status: CouponStatus | null; search: string | null },
  nowMs: number,
): boolean {
  if (filter.status !== null && statusOf(coupon, nowMs) !== filter.status) return false;
  if (filter.search === null) return true;
  const wanted = foldCode(filter.search);
  return [coupon.name, coupon.code].some((text) => foldCode(text).includes(wanted));
}
