import { isoNow, type LedgerContext, nowMs, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { UniqueName } from '#ledger/core/unique-name.ts';
import { idOfWork } from '#ledger/core/unit-of-work.ts';
import type { Listed } from '#ledger/orders/order-lists.ts';
import { type Coupon, type CouponDraft, type CouponStatus, foldCode, matches } from './coupon.ts';
import type { Purchase } from './purchase.ts';

/**
 * Creates a coupon of a location.
 * @throws LedgerError coupon_code_taken, when it is committed
 */
export async function createCoupon(
  context: LedgerContext,
  location: string,
  draft: CouponDraft,
): Promise<Coupon> {
  const { store, merchant, work } = context;
  const own = work.again ? await store.coupon(merchant, idOfWork(work)) : null;
  if (own !== null) return own;
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
  { store, merchant }: ReadContext,
  location: string,
  id: ObjectId,
): Promise<Coupon> {
  const coupon = await store.coupon(merchant, id);
  if (coupon?.location !== location) throw new LedgerError('coupon_not_found', id);
  return coupon;
}

/**
 * The coupon of a location with a code, in any case.
 * @throws LedgerError coupon_not_found
 */
export async function findCoupon(
  context: ReadContext,
  location: string,
  code: string,
): Promise<Coupon> {
  const id = await idOfCode(context, code);
  if (id === null) throw new LedgerError('coupon_not_found', code);
  return getCoupon(context, location, id);
}

/**
 * Counts the use of a new order's coupon, and returns the coupon. The shop decided whether it may
 * be used: no order is refused for its coupon, whether it is known here or not.
 */
export async function useCoupon(
  context: LedgerContext,
  purchase: Purchase | null,
): Promise<Purchase | null> {
  const used = purchase?.coupon ?? null;
  if (purchase === null || used === null) return purchase;
  const { store, merchant, work } = context;
  const id =
    used.id === null
      ? await idOfCode(context, used.code)
      : ((await store.coupon(merchant, used.id))?.id ?? null);
  if (id === null) return purchase;
  work.stage({ change: 'coupon_used', coupon: id, order: work.attempt });
  return { ...purchase, coupon: { id, code: used.code } };
}

/**
 * A page of a location's coupons, newest first. A location has few coupons, and their status
 * changes with the clock: all are read and filtered here, in one query.
 */
export async function listCoupons(
  context: ReadContext,
  location: string,
  page: {
    status: CouponStatus | null;
    search: string | null;
    limit: number;
    offset: number;
  },
): Promise<Listed<Coupon>> {
  const all = await context.store.coupons(context.merchant);
  const found = all.filter(
    (one) => one.location === location && matches(one, page, nowMs(context)),
  );
  return { entries: found.slice(page.offset, page.offset + page.limit), total: found.length };
}

async function idOfCode({ store, merchant }: ReadContext, code: string): Promise<ObjectId | null> {
  const { name } = await store.read(merchant, { name: nameOf({ code }) });
  return name?.holder ?? null;
}

/** Codes are unique per merchant: a merchant has one location, which orders need not name. */
function nameOf({ code }: Pick<Coupon, 'code'>): UniqueName {
  return { kind: 'coupon_code', name: foldCode(code) };
}
