import type { Environment, Tenant } from '#ledger/core/merchant.ts';

/** The primary key of an item. */
export interface Key {
  pk: string;
  sk: string;
}

/** The secondary indexes of the ledger's table. */
export const INDEX = {
  due: 'due',
  lists: 'lists',
  states: 'states',
  journal: 'journal',
} as const;

/** How many items a counter that many may count at the same time is spread over. */
export const COUNTER_SHARDS = 4;

/** Each key of a merchant's data begins with this. */
export function prefix(tenant: Tenant): string {
  return `${tenant.environment}#${tenant.merchant}`;
}

/**
 * The same in two thirds of the length, for keys of indexes: an order is in four of them, and what
 * is longer than a kilobyte costs twice.
 */
export function shortPrefix({ environment, merchant }: Tenant): string {
  const digits = Buffer.from(merchant.replaceAll('-', ''), 'hex').toString('base64url');
  return `${environment}#${digits}`;
}

/** The merchant that a key belongs to, and the parts of its partition key after that. */
export function partsOf({ pk }: Key): { tenant: Tenant; parts: string[] } {
  const [environment, merchant, ...parts] = pk.split('#');
  if (merchant === undefined) throw new Error(`Not a key of a merchant: ${pk}`);
  return { tenant: { environment: environment as Environment, merchant }, parts };
}
