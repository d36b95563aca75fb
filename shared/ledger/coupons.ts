import { isoNow, type LedgerContext, nowMs } from './context.ts';
import { type Coupon, type CouponDraft, type CouponStatus, foldCode, matches } from './coupon.ts';
import { LedgerError } from './errors.ts';
import type { ObjectId } from './ids.ts';
import type { UniqueName } from './store.ts';
import { idOfWork } from './work.ts';

/**
 * Creates a coupon of a location.
 * @throws LedgerError coupon_code_taken, when it is committed
 */
export function createCoupon(context: LedgerContext, location: string, draft: CouponDraft): Coupon {
  const now = isoNow(context);
  const coupon: Coupon = {
    ...draft,
    id: idOfWork(context.work),
    version: 1,
    location,
    usageCount: 0,
    createdAt: now,
    updatedAt: now,
  };
  context.work.stage(
    { change: 'coupon', coupon },
    { change: 'name_claimed', name: nameOf(coupon), holder: coupon.id },
  );
  return coupon;
}

/**
 * Replaces all that a merchant says of a coupon; how often it was used stays.
 * @throws LedgerError coupon_not_found, coupon_code_taken
 */
export async function replaceCoupon(
  context: LedgerContext,
  location: string,
  id: ObjectId,
  draft: CouponDraft,
): Promise<Coupon> {
  const before = await getCoupon(context, location, id);
  const coupon: Coupon = {
    ...before,
    ...draft,
    version: before.version + 1,
    updatedAt: isoNow(context),
  };
  context.work.stage({ change: 'coupon', coupon });
  if (foldCode(coupon.code) !== foldCode(before.code)) {
    context.work.stage(
      { change: 'name_claimed', name: nameOf(coupon), holder: id },
      { change: 'name_released', name: nameOf(before), holder: id },
    );
  }
  return coupon;
}

/**
 * Deletes a coupon, so that its code is free again.
 * @throws LedgerError coupon_not_found
 */
export async function deleteCoupon(
  context: LedgerContext,
  location: string,
  id: ObjectId,
): Promise<void> {
  const coupon = await getCoupon(context, location, id);
  context.work.stage(
    { change: 'coupon_deleted', coupon },
    { change: 'name_released', name: nameOf(coupon), holder: id },
  );
}

/** @throws LedgerError coupon_not_found */
export async function getCoupon(
  { store, merchant }: LedgerContext,
  location: string,
  id: ObjectId,
): Promise<Coupon> {
  const { coupon } = await store.read(merchant, { coupon: { location, id } });
  if (coupon === null) throw new LedgerError('coupon_not_found', id);
  return coupon;
}

/**
 * The coupon of a location with a code, in any case.
 * @throws LedgerError coupon_not_found
 */
export async function findCoupon(
  context: LedgerContext,
  location: string,
  code: string,
): Promise<Coupon> {
  const name = nameOf({ location, code });
  const { name: claim } = await context.store.read(context.merchant, { name });
  if (claim === null) throw new LedgerError('coupon_not_found', code);
  return getCoupon(context, location, claim.holder);
}

export interface CouponPage {
  coupons: Coupon[];
  /** How many match, on this page or not. */
  total: number;
}

/**
 * A page of a location's coupons, newest first. A location has few coupons, and their status
 * changes with the clock: all are read and filtered here, in one query.
 */
export async function listCoupons(
  context: LedgerContext,
  location: string,
  page: {
    status: CouponStatus | null;
    search: string | null;
    limit: number;
    offset: number;
  },
): Promise<CouponPage> {
  const all = await context.store.coupons(context.merchant, location);
  const found = all.filter((one) => matches(one, page, nowMs(context)));
  return { coupons: found.slice(page.offset, page.offset + page.limit), total: found.length };
}

function nameOf({ location, code }: Pick<Coupon, 'location' | 'code'>): UniqueName {
  return { kind: 'coupon_code', location, name: foldCode(code) };
}
