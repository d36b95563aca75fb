import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { MAX_CLOCK_AHEAD_MS } from '#ledger/core/merchant.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import type { AccessStore, StoredMerchant } from '#store/access/access-store.ts';
import { fileUnderTestClock } from '#store/access/test-clock.ts';
import { tenantOf } from './find.ts';
import { changeMerchant } from './merchants.ts';
import { type ClockEvent, playClock } from './play-clock.ts';

/** Where a merchant and its orders are kept. */
export interface ClockStores {
  access: AccessStore;
  client: DynamoDBClient;
  ledgerTable: string;
}

/**
 * Moves the clock of a sandbox merchant forward through all that is due until then, which is done
 * in the order of time, and tells of it as it happens. The clock follows what happens by the day:
 * what is interrupted can be gone on with by moving it again.
 * @throws as `moveClock`
 */
export async function* advanceClock(
  stores: ClockStores & { runtime: Runtime },
  merchant: StoredMerchant,
  clockOffsetMs: number,
): AsyncGenerator<ClockEvent, { merchant: StoredMerchant; ordersMoved: number }> {
  requireMovable(merchant, clockOffsetMs);
  const { ordersMoved } = await moveClock(stores, merchant, merchant.clockOffsetMs);
  const start = await stores.access.findMerchant(tenantOf(merchant));
  if (start === null) throw new Error(`There is no merchant ${merchant.merchant}`);
  let movedMs = Date.now() + start.clockOffsetMs;
  for await (const event of playClock(stores.runtime, start, Date.now() + clockOffsetMs)) {
    const atMs = Date.parse(event.at);
    if (atMs - movedMs >= DAY_MS) {
      movedMs = atMs;
      await changeMerchant(stores.access, tenantOf(merchant), () => ({
        clockOffsetMs: atMs - Date.now(),
      }));
    }
    yield event;
  }
  const moved = await moveClock(stores, merchant, clockOffsetMs);
  return { merchant: moved.merchant, ordersMoved: ordersMoved + moved.ordersMoved };
}

const DAY_MS = 86_400_000;

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
  requireMovable(merchant, clockOffsetMs);
  const tenant = tenantOf(merchant);
  const change = { clockOffsetMs, testClock: true };
  const moved = await changeMerchant(access, tenant, () => change);
  return { merchant: moved, ordersMoved: await fileUnderTestClock(client, ledgerTable, tenant) };
}

function requireMovable(merchant: StoredMerchant, clockOffsetMs: number): void {
  if (merchant.environment === 'live') {
    throw new Error('The clock of a live merchant is the real one');
  }
  if (clockOffsetMs < merchant.clockOffsetMs) throw new Error('A clock can only be moved forward');
  if (!(clockOffsetMs <= MAX_CLOCK_AHEAD_MS)) {
    throw new Error('A clock can be at most ten years ahead of the real time');
  }
}
