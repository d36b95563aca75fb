import type { Tenant } from '#ledger/core/merchant.ts';
import { type Key, prefix } from '#store/core/keys.ts';

export const policyKey = (tenant: Tenant): Key => ({
  pk: `${prefix(tenant)}#SECURITY`,
  sk: 'POLICY',
});

/** Which lists have a value; one item however many they are. */
export const matchKey = (tenant: Tenant, match: string): Key => ({
  pk: `${prefix(tenant)}#LISTED#${match}`,
  sk: 'LISTED',
});

/** What was paid by a card, from an address or by a customer; it ends with its last day. */
export const counterKey = (tenant: Tenant, counter: string): Key => ({
  pk: `${prefix(tenant)}#VELOCITY#${counter}`,
  sk: 'VELOCITY',
});

/** The attribute of a counter that holds a day. */
export const DAY = /^d(\d{8})$/;
