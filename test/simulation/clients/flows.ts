import { sendLinks } from './campaigns.ts';
import { cleanUp } from './deletions.ts';
import { workOnFiles } from './files.ts';
import { takeOverOrder } from './imports.ts';
import { sellGoods } from './parcels.ts';
import { sellToPerson } from './persons.ts';
import { keepAccount, keepCoupons, registerProvider } from './registers.ts';
import {
  payOut,
  sell,
  sellByBizum,
  sellByHand,
  sellInOneStep,
  sellOnAPage,
  sellOnCheckout,
} from './sales.ts';
import { keepSecurityLists, sellInARush } from './security.ts';
import { takeOverSubscriptions } from './subscription-imports.ts';
import { subscribe } from './subscriptions.ts';
import { replaceTerminal, sellAtTerminal } from './terminals.ts';
import type { Till } from './till.ts';

type Flow = (till: Till) => Promise<void>;

/** Ways to do business, as often as they stand here. */
const FLOWS: readonly Flow[] = [
  ...[sell, sell, sell, sell],
  ...[sellInOneStep, sellInOneStep],
  ...[sellOnAPage, sellOnAPage, sellOnCheckout],
  ...[sellByBizum, sellByHand, payOut],
  ...[subscribe, subscribe, subscribe],
  ...[workOnFiles, workOnFiles, sendLinks, sendLinks],
  ...[sellAtTerminal, sellAtTerminal, replaceTerminal],
  ...[keepCoupons, registerProvider, keepAccount],
  ...[sellGoods, sellGoods, takeOverOrder, takeOverSubscriptions],
  ...[keepSecurityLists, sellInARush, cleanUp, cleanUp, sellToPerson],
];

/** Does one piece of business. */
export function doBusiness(till: Till): Promise<void> {
  const { random, shop } = till;
  // Where not everything is allowed, buyers try.
  if (shop.guard !== null && random.chance(0.2)) return sellInARush(till);
  return random.pick(FLOWS)(till);
}
