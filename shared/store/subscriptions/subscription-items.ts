import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Listed, Page } from '#ledger/orders/order-lists.ts';
import type { Subscription, SubscriptionFilter } from '#ledger/subscriptions/subscription.ts';
import type { SubscriptionPayment } from '#ledger/subscriptions/subscription-payment.ts';
import type { Slice, SubscriptionRecord } from '#ledger/subscriptions/subscription-store.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { returnDue } from '#store/core/due-list.ts';
import { item } from '#store/core/items.ts';
import { partsOf } from '#store/core/keys.ts';
import { putVersion } from '#store/core/writes.ts';
import { barOrder, billingWrites, claimRenewal, paymentWrite } from './billing-items.ts';
import { billingKey, subscriptionKey } from './subscription-keys.ts';
import { SubscriptionList } from './subscription-list.ts';
import { readBilled, readPayment, readPayments, readRecord } from './subscription-records.ts';
import { journalItem, rowWrites, wordRows } from './subscription-rows.ts';

/**
 * A subscription and its rows, which hold the whole: it changes when how it stands does, not with
 * every charge; that is in its billing. By which channel it came is noted for the list's book in an
 * item that is written anew only when that changes.
 */
function subscriptionWrites(
  table: string,
  tenant: Tenant,
  change: ChangeOf<'subscription'>,
): TransactWriteItem[] {
  const { subscription, before } = change;
  const { id, version, channels } = subscription;
  const attributes = item(subscriptionKey(tenant, id), subscription, {
    version: { N: String(version) },
  });
  const isMoved = channels?.length !== before?.channels?.length;
  return [
    putVersion(table, attributes, version),
    ...rowWrites(table, tenant, change),
    ...(isMoved ? [{ Put: { TableName: table, Item: journalItem(tenant, subscription) } }] : []),
  ];
}

export const subscriptions = {
  writes: {
    subscription: subscriptionWrites,
    billing: billingWrites,
    order_barred: barOrder,
    subscription_payment: paymentWrite,
  },
  facts: {
    subscription: (tenant, { subscription, before }) =>
      before === null
        ? wordRows(tenant, subscription).map((row) => ({ item: row, isExpected: false }))
        : [],
  },
  places: { subscription: subscriptionKey, billing: billingKey },
  due: { renew: (key) => ({ subscription: partsOf(key).parts[1] ?? '' }) },
  reads: (client, table) => ({
    subscriptions: (
      tenant: Tenant,
      page: Page,
      filter: SubscriptionFilter,
    ): Promise<Listed<Subscription>> =>
      new SubscriptionList(client, table, tenant).page(page, filter),
    billedSubscriptions: (tenant: Tenant, slice: Slice): Promise<SubscriptionRecord[]> =>
      readBilled(client, table, tenant, slice),
    subscriptionRecord: (tenant: Tenant, id: ObjectId): Promise<SubscriptionRecord | null> =>
      readRecord(client, table, tenant, id),
    subscriptionPayments: (tenant: Tenant, slice: Slice): Promise<SubscriptionPayment[]> =>
      readPayments(client, table, tenant, slice),
    subscriptionPayment: (tenant: Tenant, id: ObjectId): Promise<SubscriptionPayment | null> =>
      readPayment(client, table, tenant, id),
    claimRenewal: (
      tenant: Tenant,
      id: ObjectId,
      dueMs: number,
      untilMs: number,
    ): Promise<boolean> => claimRenewal(client, table, billingKey(tenant, id), dueMs, untilMs),
    returnRenewal: (tenant: Tenant, id: ObjectId, dueMs: number, untilMs: number): Promise<void> =>
      returnDue(client, table, billingKey(tenant, id), { dueMs, untilMs }),
  }),
} satisfies Aggregate;
