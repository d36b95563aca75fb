import type { ReadContext } from '#ledger/core/context.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Page } from '#ledger/orders/order-lists.ts';
import { count, filterId, parameter, text } from './field-kinds.ts';
import { day } from './fields.ts';

const DAY_MS = 24 * 3_600_000;

/** The parameters that the lists of orders and transactions share (contract 5.3, 5.9). */
export const listQuery = {
  locationId: parameter(text(64)),
  paymentMode: parameter(text(32)),
  startAt: parameter(day),
  endAt: parameter(day),
  search: parameter(text(255)),
  contactId: filterId(64),
  limit: parameter(count(0, 1000)),
  offset: parameter(count(0, 100_000_000)),
};

interface ListQuery {
  paymentMode?: string | undefined;
  startAt?: number | undefined;
  endAt?: number | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
}

/** The page that is asked for, in a request's time: `endAt` is the last day of the list. */
export function pageOf(
  { startAt, endAt, limit, offset }: ListQuery,
  { deadline }: Pick<ReadContext, 'deadline'>,
): Page {
  return {
    fromMs: startAt ?? null,
    toMs: endAt === undefined ? null : endAt + DAY_MS,
    limit: limit ?? 10,
    offset: offset ?? 0,
    deadline,
  };
}

/** A location is live or a test, and so is all it has: the other mode has nothing. */
export function isOtherMode({ paymentMode }: ListQuery, { environment }: Merchant): boolean {
  return paymentMode !== undefined && paymentMode !== (environment === 'live' ? 'live' : 'test');
}

/** Whether an id is empty that a list is filtered by: nothing has it. */
export function matchesNothing(...ids: (string | undefined)[]): boolean {
  return ids.includes('');
}

/** Criteria without those that were not given. */
export function given<T extends object>(criteria: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(criteria).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}
