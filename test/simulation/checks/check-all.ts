import type { Runtime } from '#operation/runtime/runtime.ts';
import type { Asks } from '../clients/asks.ts';
import type { Shop } from '../clients/shop.ts';
import type { World } from '../world/world.ts';
import { checkAsks } from './asks.ts';
import { checkBook } from './book.ts';
import { checkCampaigns } from './campaigns.ts';
import { checkDeletions } from './deletions.ts';
import { checkDevices } from './devices.ts';
import { checkFiles } from './files.ts';
import { checkLists } from './lists.ts';
import { checkNotifications } from './notifications.ts';
import { checkOrders } from './orders.ts';
import { checkParcels } from './parcels.ts';
import { checkRegisters } from './registers.ts';
import { checkSecrets } from './secrets.ts';
import { checkSecurity } from './security.ts';
import { ledgerOf, type StoredOrder } from './stored.ts';
import { checkSubscriptionImports } from './subscription-imports.ts';
import { checkSubscriptions } from './subscriptions.ts';

/** Everything that checks look at, when the world has come to rest. */
export interface Rest {
  world: World;
  runtime: Runtime;
  shops: readonly Shop[];
  asks: Asks;
}

export type RestWithOrders = Rest & { orders: readonly StoredOrder[] };

/** Compares what everybody believes; whatever does not agree is a finding of the world. */
export async function checkAll(rest: Rest): Promise<void> {
  const all = { ...rest, orders: ledgerOf(rest.world.engine) };
  checkOrders(all);
  checkBook(all);
  checkAsks(all);
  checkNotifications(all);
  checkFiles(all);
  checkCampaigns(all);
  checkParcels(all);
  checkSecurity(all);
  checkDeletions(all);
  checkDevices(all);
  checkSubscriptionImports(all);
  checkSecrets(all);
  await checkSubscriptions(all);
  await checkRegisters(all);
  await checkLists(all);
}
