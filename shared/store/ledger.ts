import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LedgerStore } from '#ledger/core/store.ts';
import { batches } from './batches/batch-items.ts';
import { campaigns } from './campaigns/campaign-items.ts';
import { cards } from './cards/card-items.ts';
import { type Complete, Composition } from './core/aggregate.ts';
import { idempotency } from './core/idempotency-items.ts';
import { DynamoLedgerStore } from './core/ledger-store.ts';
import { uniqueNames } from './core/unique-names.ts';
import { customerFiles } from './customers/customer-file-items.ts';
import { customers } from './customers/customer-items.ts';
import { devices } from './devices/device-items.ts';
import { orders } from './orders/order-items.ts';
import { outbox } from './outbox/outbox-items.ts';
import { plans } from './plans/plan-items.ts';
import { providers } from './providers/provider-items.ts';
import { coupons } from './purchases/coupon-items.ts';
import { security } from './security/security-items.ts';
import { subscriptions } from './subscriptions/subscription-items.ts';

/** Every aggregate of the ledger; the types refuse one that is declared and not kept. */
const AGGREGATES = [
  batches,
  campaigns,
  cards,
  coupons,
  customerFiles,
  customers,
  devices,
  idempotency,
  orders,
  outbox,
  plans,
  providers,
  security,
  subscriptions,
  uniqueNames,
] as const;

export const LEDGER: Composition = new Composition(
  AGGREGATES satisfies Complete<(typeof AGGREGATES)[number]>,
);

/** The ledger in one DynamoDB table. */
export function ledgerStore(client: DynamoDBClient, table: string): LedgerStore {
  const reads = AGGREGATES.map((one) => ('reads' in one ? one.reads(client, table) : {}));
  return Object.assign(new DynamoLedgerStore(client, table, LEDGER), ...reads);
}
