import type { ObjectId, Uuid } from '../ledger/ids.ts';
import type { Environment, Tenant } from '../ledger/merchant.ts';
import type { DueItem, DueKind } from '../ledger/store.ts';

/** The primary key of an item. */
export interface Key {
  pk: string;
  sk: string;
}

/** The secondary indexes of the ledger's table. */
export const INDEX = { due: 'due', lists: 'lists' } as const;

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

export const replayKey = (tenant: Tenant, id: string): Key => ({
  pk: `${prefix(tenant)}#REPLAY#${id}`,
  sk: 'REPLAY',
});

export const transactionKey = (tenant: Tenant, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#TRANSACTIONS`,
  sk: id,
});

/** A counter of a month; all months are one partition. */
export const monthCounterKey = (tenant: Tenant, month: string, shard: number | string): Key => ({
  pk: `${transactionKey(tenant, '').pk}#MONTHS`,
  sk: `${month}#${shard}`,
});

/** A counter of a day (`2026-11-20`) or of an hour (`2026-11-20T09`). */
export const counterKey = (tenant: Tenant, period: string, shard: number | string): Key => ({
  pk: `${transactionKey(tenant, '').pk}#${period}`,
  sk: String(shard),
});

/** The partitions of the `due` index to look into for work of a kind. */
export function dueKeys(kind: DueKind, scope: 'shared' | Tenant): string[] {
  if (scope !== 'shared') return [`${kind}#${prefix(scope)}`];
  return Array.from({ length: DUE_SHARDS }, (_, shard) => `${kind}#${shard}`);
}

export function sharedDueKey(kind: DueKind, uuid: Uuid): string {
  return `${kind}#${Number.parseInt(uuid.slice(-2), 16) % DUE_SHARDS}`;
}

export function ownDueKey(kind: DueKind, tenant: Tenant): string {
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

function prefix(tenant: Tenant): string {
  return `${tenant.environment}#${tenant.merchant}`;
}
