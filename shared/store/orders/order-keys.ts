import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { OrderState, PaymentState, Stage } from '#ledger/orders/standing.ts';
import { type Key, prefix, shortPrefix } from '#store/core/keys.ts';
import type { Parts } from '#store/lists/counts.ts';

/** What orders are looked for by; payouts, which are in no list of orders, by who is paid. */
export type Facet = 'CONTACT' | 'CHANNEL' | 'PRODUCT' | 'SUBSCRIPTION' | 'PAYEE';

export const orderKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#ORDER#${uuid}`,
  sk: 'ORDER',
});

export const referenceKey = (tenant: Tenant, reference: string): Key => ({
  pk: `${prefix(tenant)}#REFERENCE#${reference}`,
  sk: 'REFERENCE',
});

/** The row by which an order is found among those that share a value, such as a contact. */
export const facetKey = (tenant: Tenant, facet: Facet, value: string, id: string): Key => ({
  pk: `${prefix(tenant)}#ORDERS#${facet}#${value}`,
  sk: id,
});

/** What the partitions begin with that hold the words of the names of orders. */
export const wordPartition = (tenant: Tenant): string => `${prefix(tenant)}#ORDERS#WORDS`;

/**
 * The part of the list of orders that an order in a state belongs to: two letters, and the kind of
 * channel it came by.
 */
export const partOf = (state: OrderState, channel: string): string =>
  lettersOf(state) + (channel === '' ? '' : `/${channel}`);

/** The kind of channel of a part. */
export const channelOfPart = (part: string): string => part.slice(LETTERS + 1);

/** The parts with the orders in some states, by whatever channel. */
export function partsIn(states: readonly OrderState[]): Parts {
  const letters = new Set(states.map(lettersOf));
  return (part) => letters.has(part.slice(0, LETTERS));
}

const LETTERS = 2;

const lettersOf = ({ stage, payment }: OrderState): string =>
  STAGE_LETTERS[stage] + PAYMENT_LETTERS[payment];

const STAGE_LETTERS: Record<Stage, string> = {
  open: 'o',
  completed: 'c',
  failed: 'f',
  cancelled: 'x',
  expired: 'e',
};

const PAYMENT_LETTERS: Record<PaymentState, string> = {
  unpaid: 'u',
  partly_paid: 'y',
  paid: 'p',
  returned: 'r',
};

/** The partition of the `states` index that holds the orders in a state. */
export const stateKey = (tenant: Tenant, state: OrderState): string =>
  `${shortPrefix(tenant)}#${lettersOf(state)}`;
