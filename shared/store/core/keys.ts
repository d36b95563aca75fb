import type { ObjectId, Uuid } from '#ledger/core/ids.ts';
import type { Environment, Tenant } from '#ledger/core/merchant.ts';
import type { DueItem, DueKind, UniqueName } from '#ledger/core/store.ts';
import type { OrderState } from '#ledger/orders/order-state.ts';

/** The primary key of an item. */
export interface Key {
  pk: string;
  sk: string;
}

/** The secondary indexes of the ledger's table. */
export const INDEX = { due: 'due', lists: 'lists', states: 'states' } as const;

/** Lists that are counted. */
export type ListName = 'TRANSACTIONS' | 'PAYMENTS' | 'ORDERS' | 'SUBSCRIPTIONS';

/** What orders are looked for by. */
export type Facet = 'CONTACT' | 'CHANNEL' | 'PRODUCT' | 'SUBSCRIPTION';

/** How many partitions due work is spread over, and counters of one bucket. */
export const DUE_SHARDS = 4;
export const COUNTER_SHARDS = 4;

export const orderKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#ORDER#${uuid}`,
  sk: 'ORDER',
});

export const notificationKey = (tenant: Tenant, order: Uuid, id: ObjectId): Key => ({
  pk: orderKey(tenant, order).pk,
  sk: `${NOTIFICATION}${id}`,
});

export const cardKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#CARD#${uuid}`,
  sk: 'CARD',
});

/** The partition of the `lists` index that holds a customer's cards. */
export const cardListKey = (tenant: Tenant, customer: string): string =>
  `${prefix(tenant)}#CARDS#${customer}`;

export const customerKey = (tenant: Tenant, externalId: string): Key => ({
  pk: `${prefix(tenant)}#CUSTOMER#${externalId}`,
  sk: 'CUSTOMER',
});

export const customerTokenKey = (tenant: Tenant, digest: string): Key => ({
  pk: `${prefix(tenant)}#CUSTOMER_TOKEN#${digest}`,
  sk: 'CUSTOMER_TOKEN',
});

export const lastCardKey = (tenant: Tenant, customer: string): Key => ({
  pk: customerKey(tenant, customer).pk,
  sk: 'LAST_CARD',
});

export const referenceKey = (tenant: Tenant, reference: string): Key => ({
  pk: `${prefix(tenant)}#REFERENCE#${reference}`,
  sk: 'REFERENCE',
});

export const idempotencyRecordKey = (tenant: Tenant, id: string): Key => ({
  pk: `${prefix(tenant)}#REPLAY#${id}`,
  sk: 'REPLAY',
});

export const messageKey = (tenant: Tenant, order: Uuid, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#MESSAGES#${order}`,
  sk: id,
});

/** A row of a list, sorted by time. */
export const rowKey = (tenant: Tenant, list: ListName, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#${list}`,
  sk: id,
});

/** A row of the orders that have something in common. */
export const facetKey = (tenant: Tenant, facet: Facet, value: string, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#ORDERS#${facet}#${value}`,
  sk: id,
});

/** The partition of the `states` index that holds the orders in a state. */
export const stateKey = (tenant: Tenant, { stage, payment }: OrderState): string =>
  `${prefix(tenant)}#${stage}#${payment}`;

/** A counter of a month; all months of a list are one partition. */
export const monthCounterKey = (
  tenant: Tenant,
  list: ListName,
  month: string,
  shard: number | string,
): Key => ({
  pk: `${prefix(tenant)}#${list}#MONTHS`,
  sk: `${month}#${shard}`,
});

/** A counter of a day (`2026-11-20`) or of an hour (`2026-11-20T09`). */
export const counterKey = (
  tenant: Tenant,
  list: ListName,
  period: string,
  shard: number | string,
): Key => ({
  pk: `${prefix(tenant)}#${list}#${period}`,
  sk: String(shard),
});

export const subscriptionKey = (tenant: Tenant, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#SUBSCRIPTION#${id}`,
  sk: 'SUBSCRIPTION',
});

/** A row of the subscriptions of a contact, or of those that began with an order. */
export const subscriptionFacetKey = (
  tenant: Tenant,
  facet: 'CONTACT' | 'ENTITY',
  value: string,
  id: ObjectId,
): Key => ({
  pk: `${prefix(tenant)}#SUBSCRIPTIONS#${facet}#${value}`,
  sk: id,
});

/** Coupons are one partition: they are few, and listed as a whole. */
export const couponKey = (tenant: Tenant, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#COUPONS`,
  sk: id,
});

export const whiteLabelKey = (tenant: Tenant, location: string, id: ObjectId): Key => ({
  pk: `${ofLocation(tenant, location)}#WHITE_LABELS`,
  sk: id,
});

export const customProviderKey = (
  tenant: Tenant,
  { location, app }: { location: string; app: string },
): Key => ({
  pk: `${ofLocation(tenant, location)}#CUSTOM_PROVIDERS`,
  sk: app,
});

/** The locations of a company may belong to several merchants, so no merchant is in the key. */
export const capabilitiesKey = (
  { environment }: Tenant,
  { account, app }: { account: string; app: string },
): Key => ({
  pk: `${environment}#CAPABILITIES#${account}`,
  sk: app,
});

/** How often a coupon was used, an item per shard. */
export const couponUsesKey = (tenant: Tenant, id: ObjectId, shard: number): Key => ({
  pk: `${prefix(tenant)}#COUPON_USES`,
  sk: `${id}#${shard}`,
});

export function nameKey(tenant: Tenant, name: UniqueName): Key {
  const scope =
    name.kind === 'coupon_code'
      ? `${prefix(tenant)}#COUPON_CODE`
      : `${tenant.environment}#WHITE_LABEL`;
  return { pk: `${scope}#${name.name}`, sk: 'NAME' };
}

/** The partitions of the `due` index to look into for work of a kind. */
export function dueKeys(kind: DueKind, scope: 'shared' | Tenant): string[] {
  if (scope !== 'shared') return [`${kind}#${prefix(scope)}`];
  return Array.from({ length: DUE_SHARDS }, (_, shard) => `${kind}#${shard}`);
}

export function sharedDueKey(kind: DueKind, uuid: Uuid): string {
  return `${kind}#${Number.parseInt(uuid.slice(-2), 16) % DUE_SHARDS}`;
}

export function testClockDueKey(kind: DueKind, tenant: Tenant): string {
  return `${kind}#${prefix(tenant)}`;
}

/** What an item of the `due` index is about. */
export function dueItemOf(key: Key): DueItem {
  const [environment, merchant, , orderUuid] = key.pk.split('#');
  if (merchant === undefined || orderUuid === undefined) throw new Error(`Not due: ${key.pk}`);
  return {
    tenant: { environment: environment as Environment, merchant },
    orderUuid,
    notification: key.sk.startsWith(NOTIFICATION) ? key.sk.slice(NOTIFICATION.length) : null,
  };
}

const NOTIFICATION = 'NOTIFICATION#';

function ofLocation(tenant: Tenant, location: string): string {
  return `${prefix(tenant)}#LOCATION#${location}`;
}

function prefix(tenant: Tenant): string {
  return `${tenant.environment}#${tenant.merchant}`;
}
