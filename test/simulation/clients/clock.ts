import { advanceClock } from '#administration/test-clock.ts';
import type { World } from '../world/world.ts';
import type { Shop } from './shop.ts';

const DAY_MS = 86_400_000;

/**
 * Somebody moves a shop's clock by some days while it sells, on the command line: what is interrupted
 * or fails is gone on with, as people do, and given up after some tries.
 */
export async function moveClockOf(world: World, { tenant, clockAheadMs }: Shop): Promise<void> {
  const { random, time, history } = world;
  if (clockAheadMs === null || random.chance(0.3)) return;
  await time.wait(random.between(5000, 90_000));
  const aheadMs = clockAheadMs + random.int(1, 3) * DAY_MS;
  for (let tries = 1; tries <= 4; tries += 1) {
    const outcome = await world.lambdas.runCommand('clock', async ({ runtime, client }) => {
      const { access } = runtime;
      const merchant = await access.storedMerchant(tenant);
      if (merchant === null) throw new Error('There is no such merchant');
      const stores = { access, client, ledgerTable: 'ledger', runtime };
      for await (const _event of advanceClock(stores, merchant, aheadMs)) void _event;
    });
    history.add('clock', `${tenant.merchant} by ${aheadMs / DAY_MS} days: ${outcome}`);
    if (outcome === 'done') return;
  }
}
