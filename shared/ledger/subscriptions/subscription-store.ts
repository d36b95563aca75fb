import type { ObjectId, OrderUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Listed, Page } from '#ledger/orders/order-lists.ts';
import type { Billing } from './billing.ts';
import type { Subscription, SubscriptionFilter } from './subscription.ts';
import type { SubscriptionPayment } from './subscription-payment.ts';

/** A subscription with the billing that it may have and its payments, by their numbers. */
export interface SubscriptionRecord {
  subscription: Subscription;
  billing: Billing | null;
  payments: SubscriptionPayment[];
}

/** A part of a list, newest first. */
export interface Slice {
  limit: number;
  offset: number;
}

declare module '#ledger/core/unit-of-work.ts' {
  interface Announcements {
    /** A subscription whose charge is due. */
    renewals: Tenant & { subscription: ObjectId };
  }
}

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** `before` is the stored version, or null for a new one. */
    subscription: { subscription: Subscription; before: Subscription | null };
    /** Written if its version is still one less than this one's. */
    billing: { billing: Billing; testClock: boolean };
    /**
     * Takes the place of an order, so that it cannot be made any more; refused when it was made.
     * It is kept until a time, in seconds: longer than anybody is about to make the order.
     */
    order_barred: { order: OrderUuid; keptUntil: number };
    /** Replaces what an earlier attempt of the period left. */
    subscription_payment: { payment: SubscriptionPayment };
  }

  interface Entities {
    subscription: { key: ObjectId; value: Subscription };
    billing: { key: ObjectId; value: Billing };
  }

  interface DueWork {
    renew: { subscription: ObjectId };
  }

  interface LedgerReads {
    /** Subscriptions with their exact number, newest first. */
    subscriptions(
      tenant: Tenant,
      page: Page,
      filter: SubscriptionFilter,
    ): Promise<Listed<Subscription>>;
    /** The subscriptions that are charged here, newest first; the cost grows with the offset. */
    billedSubscriptions(tenant: Tenant, slice: Slice): Promise<SubscriptionRecord[]>;
    /** A subscription with its billing and all its payments, in one read. */
    subscriptionRecord(tenant: Tenant, id: ObjectId): Promise<SubscriptionRecord | null>;
    /** Payments of all subscriptions; the cost grows with the offset. */
    subscriptionPayments(tenant: Tenant, slice: Slice): Promise<SubscriptionPayment[]>;
    subscriptionPayment(tenant: Tenant, id: ObjectId): Promise<SubscriptionPayment | null>;
  }

  interface LedgerStore {
    /**
     * Claims a due charge by moving its due time. False when another run has claimed or made it
     * since.
     */
    claimRenewal(tenant: Tenant, id: ObjectId, dueMs: number, untilMs: number): Promise<boolean>;
    /** Takes back a claim of a charge that could not be queued. */
    returnRenewal(tenant: Tenant, id: ObjectId, dueMs: number, untilMs: number): Promise<void>;
  }
}
