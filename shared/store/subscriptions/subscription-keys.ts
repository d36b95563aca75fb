import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { type Key, prefix } from '#store/core/keys.ts';

/** A subscription, its billing and its payments are one partition, so that one read has them all. */
export const subscriptionKey = (tenant: Tenant, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#SUBSCRIPTION#${id}`,
  sk: 'SUBSCRIPTION',
});

export const billingKey = (tenant: Tenant, id: ObjectId): Key => ({
  pk: subscriptionKey(tenant, id).pk,
  sk: 'BILLING',
});

/** Sorted by the numbers of their periods. */
export const paymentKey = (tenant: Tenant, id: ObjectId, number: number): Key => ({
  pk: subscriptionKey(tenant, id).pk,
  sk: `${PAYMENT}${String(number).padStart(10, '0')}`,
});

export const PAYMENT = 'PAYMENT#';

/** The partition of the `lists` index with the payments of all subscriptions, sorted by their ids. */
export const paymentListKey = (tenant: Tenant): string => `${prefix(tenant)}#SUBSCRIPTION_PAYMENTS`;
