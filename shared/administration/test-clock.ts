import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { MAX_CLOCK_AHEAD_MS } from '#ledger/core/merchant.ts';
import type { AccessStore, StoredMerchant } from '#store/access/access-store.ts';
import { fileUnderTestClock } from '#store/access/test-clock.ts';
import { tenantOf } from './find.ts';
import { changeMerchant } from './merchants.ts';

/** Where a merchant and its orders are kept. */
export interface ClockStores {
  access: AccessStore;
  client: DynamoDBClient;
  ledgerTable: string;
}

/**
 * Moves the clock of a sandbox merchant forward. Its orders are filed under that clock at every
 * move: functions that still remember the merchant without one may have filed some under the real
 * time since the last.
 * @throws for a live merchant, for a time in its past, and for one that is too far ahead
 */
export async function moveClock(
  { access, client, ledgerTable }: ClockStores,
  merchant: StoredMerchant,
  clockOffsetMs: number,
): Promise<{ merchant: StoredMerchant; ordersMoved: number }> {
  if (merchant.environment === 'live')
    throw new Error('The clock of a live merchant is the real one');
  if (clockOffsetMs < merchant.clockOffsetMs) throw new Error('A clock can only be moved forward');
  if (!(clockOffsetMs <= MAX_CLOCK_AHEAD_MS)) {
    throw new Error('A clock can be at most ten years ahead of the real time');
  }
  const tenant = tenantOf(merchant);
  const change = { clockOffsetMs, testClock: true };
  const moved = await changeMerchant(access, tenant, () => change);
  return { merchant: moved, ordersMoved: await fileUnderTestClock(client, ledgerTable, tenant) };
}
