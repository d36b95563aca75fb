import type { ObjectId, OrderUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Coupon } from './coupon.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    coupon: { coupon: Coupon };
    coupon_deleted: { coupon: Coupon };
    coupon_used: { coupon: ObjectId; order: OrderUuid };
  }

  interface LedgerReads {
    coupon(tenant: Tenant, id: ObjectId): Promise<Coupon | null>;
    /** All coupons, newest first. */
    coupons(tenant: Tenant): Promise<Coupon[]>;
  }
}
