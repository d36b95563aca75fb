import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { OrderState } from '#ledger/orders/order-state.ts';
import { type Key, prefix } from '#store/core/keys.ts';

/** What orders are looked for by. */
export type Facet = 'CONTACT' | 'CHANNEL' | 'PRODUCT' | 'SUBSCRIPTION';

export const orderKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#ORDER#${uuid}`,
  sk: 'ORDER',
});

export const referenceKey = (tenant: Tenant, reference: string): Key => ({
  pk: `${prefix(tenant)}#REFERENCE#${reference}`,
  sk: 'REFERENCE',
});

/** A row of the orders that have something in common. */
export const facetKey = (tenant: Tenant, facet: Facet, value: string, id: string): Key => ({
  pk: `${prefix(tenant)}#ORDERS#${facet}#${value}`,
  sk: id,
});

/** The partition of the `states` index that holds the orders in a state. */
export const stateKey = (tenant: Tenant, { stage, payment }: OrderState): string =>
  `${prefix(tenant)}#${stage}#${payment}`;
