import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Listed, Page } from '#ledger/orders/order-lists.ts';
import {
  isMatch,
  listIdOf,
  type Subscription,
  type SubscriptionFilter,
} from '#ledger/subscriptions/subscription.ts';
import type { SubscriptionPayment } from '#ledger/subscriptions/subscription-payment.ts';
import type { Slice, SubscriptionRecord } from '#ledger/subscriptions/subscription-store.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { returnDue } from '#store/core/due-list.ts';
import { type Attributes, item, keyOf } from '#store/core/items.ts';
import { type Key, partsOf, prefix } from '#store/core/keys.ts';
import { readValue } from '#store/core/query.ts';
import { putVersion } from '#store/core/writes.ts';
import { ALL, partsNamed } from '#store/lists/counts.ts';
import { journalAttributes } from '#store/lists/journal.ts';
import { rowKey } from '#store/lists/list-keys.ts';
import { isEmpty, rowsOf, spanOf } from '#store/lists/rows.ts';
import { Shelf } from '#store/lists/shelf.ts';
import { Timeline } from '#store/lists/timeline.ts';
import { barOrder, billingWrites, claimRenewal, paymentWrite } from './billing-items.ts';
import { billingKey, subscriptionKey } from './subscription-keys.ts';
import { readBilled, readPayment, readPayments, readRecord } from './subscription-records.ts';

/** A row of the subscriptions of a contact, or of those that began with an order. */
const facetKey = (
  tenant: Tenant,
  facet: 'CONTACT' | 'ENTITY',
  value: string,
  id: ObjectId,
): Key => ({
  pk: `${prefix(tenant)}#SUBSCRIPTIONS#${facet}#${value}`,
  sk: id,
});

/**
 * A subscription and its rows: in the list of all, and one for each thing that subscriptions are
 * looked for by. Rows hold the whole, which changes when how it stands does, not with every charge:
 * that is in its billing. That it is new is noted for the list's book in an item that stays as it is.
 */
function subscriptionWrites(
  table: string,
  tenant: Tenant,
  { subscription, before }: ChangeOf<'subscription'>,
): TransactWriteItem[] {
  const { id, version } = subscription;
  const attributes = item(subscriptionKey(tenant, id), subscription, {
    version: { N: String(version) },
  });
  const rows = rowKeys(tenant, subscription);
  const stale = before === null ? [] : rowKeys(tenant, before).filter((key) => !has(rows, key));
  return [
    putVersion(table, attributes, version),
    ...rows.map((key) => ({ Put: { TableName: table, Item: item(key, subscription) } })),
    ...stale.map((key) => ({ Delete: { TableName: table, Key: keyOf(key) } })),
    ...(before === null
      ? [{ Put: { TableName: table, Item: journalItem(tenant, subscription) } }]
      : []),
  ];
}

/**
 * A page of a merchant's subscriptions, newest first. Without a filter it costs the same at any
 * offset. By contact and by entity there are indexes; for anything else the rows of the window are
 * read, of which there are as many as subscriptions, not as their payments.
 */
async function readSubscriptions(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  page: Page,
  filter: SubscriptionFilter,
): Promise<Listed<Subscription>> {
  if (Object.keys(filter).length === 0) {
    const timeline = new Timeline<Subscription>(
      new Shelf(client, table, {
        tenant,
        list: 'SUBSCRIPTIONS',
        idOf: ({ sk }) => sk.slice(LISTED.length),
      }),
      partsNamed(ALL),
      {
        partitionsOf: () => [rowKey(tenant, 'SUBSCRIPTIONS', '').pk],
        rows: (...wanted) => rowsOf(client, table, null, ...wanted),
      },
    );
    const { rows, total } = await timeline.countedPage(page);
    return { entries: rows.map((row) => row.value), total };
  }
  const span = spanOf(page);
  if (isEmpty(span)) return { entries: [], total: 0 };
  if (filter.id !== undefined) return byIdentity(client, table, tenant, page, filter);
  const partition = partitionOf(tenant, filter);
  const found: Subscription[] = [];
  for await (const { value } of rowsOf<Subscription>(client, table, null, partition, span, MOST)) {
    if (isMatch(value, filter)) found.push(value);
  }
  return { entries: found.slice(page.offset, page.offset + page.limit), total: found.length };
}

/** The one subscription that an identity names, if the rest of the filter is true of it. */
async function byIdentity(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  page: Page,
  filter: SubscriptionFilter,
): Promise<Listed<Subscription>> {
  const key = subscriptionKey(tenant, filter.id ?? '');
  const found = await readValue<Subscription>(client, table, key);
  const { fromMs, toMs } = spanOf(page);
  const timeMs = found === null ? Number.NaN : Date.parse(found.createdAt);
  const isMeant = found !== null && isMatch(found, filter) && timeMs >= fromMs && timeMs < toMs;
  const all = isMeant ? [found] : [];
  return { entries: all.slice(page.offset, page.offset + page.limit), total: all.length };
}

const MOST = Number.MAX_SAFE_INTEGER;

/** The shortest partition with all that can match. */
function partitionOf(tenant: Tenant, { entity, contact }: SubscriptionFilter): string {
  if (entity !== undefined) return facetKey(tenant, 'ENTITY', entity, '').pk;
  if (contact !== undefined) return facetKey(tenant, 'CONTACT', contact, '').pk;
  return rowKey(tenant, 'SUBSCRIPTIONS', '').pk;
}

const LISTED = 'LISTED#';

/** Says that a subscription has come into the list. */
export function journalItem(tenant: Tenant, subscription: Subscription): Attributes {
  const { pk } = subscriptionKey(tenant, subscription.id);
  const moves = [{ at: new Date().toISOString(), part: '' }];
  const key = { pk, sk: LISTED + listIdOf(subscription) };
  return item(key, {}, journalAttributes(tenant, 'SUBSCRIPTIONS', moves));
}

function rowKeys(tenant: Tenant, subscription: Subscription): Key[] {
  const { contact, entity } = subscription;
  const id = listIdOf(subscription);
  return [
    rowKey(tenant, 'SUBSCRIPTIONS', id),
    ...(contact === null ? [] : [facetKey(tenant, 'CONTACT', contact.id, id)]),
    ...(entity === null ? [] : [facetKey(tenant, 'ENTITY', entity.id, id)]),
  ];
}

function has(keys: readonly Key[], { pk, sk }: Key): boolean {
  return keys.some((key) => key.pk === pk && key.sk === sk);
}

export const subscriptions = {
  writes: {
    subscription: subscriptionWrites,
    billing: billingWrites,
    order_barred: barOrder,
    subscription_payment: paymentWrite,
  },
  places: { subscription: subscriptionKey, billing: billingKey },
  due: { renew: (key) => ({ subscription: partsOf(key).parts[1] ?? '' }) },
  reads: (client, table) => ({
    subscriptions: (
      tenant: Tenant,
      page: Page,
      filter: SubscriptionFilter,
    ): Promise<Listed<Subscription>> => readSubscriptions(client, table, tenant, page, filter),
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
