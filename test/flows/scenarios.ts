import { accountScenarios } from './account.scenarios.ts';
import { bankScenarios } from './banks.scenarios.ts';
import { batchScenarios } from './batch.scenarios.ts';
import { campaignScenarios } from './campaigns.scenarios.ts';
import { cardScenarios } from './cards.scenarios.ts';
import { chargeScenarios } from './charges.scenarios.ts';
import { colorListScenarios } from './colorlists.scenarios.ts';
import { accountScenarios as customerAccountScenarios } from './customer-accounts.scenarios.ts';
import { addressScenarios } from './customer-addresses.scenarios.ts';
import { profileScenarios } from './customer-profiles.scenarios.ts';
import { holdScenarios } from './holds.scenarios.ts';
import { linkScenarios } from './links.scenarios.ts';
import { listCardScenarios } from './list-cards.scenarios.ts';
import { motoScenarios } from './moto.scenarios.ts';
import { oneStepScenarios } from './one-step.scenarios.ts';
import { orderScenarios } from './orders.scenarios.ts';
import { ownerScenarios } from './owners.scenarios.ts';
import { payoutScenarios } from './payouts.scenarios.ts';
import { planScenarios } from './plans.scenarios.ts';
import { posmsScenarios } from './posms.scenarios.ts';
import { pushScenarios } from './push.scenarios.ts';
import { refundScenarios } from './refunds.scenarios.ts';
import { saveCardScenarios } from './save-cards.scenarios.ts';
import type { Scenario } from './scenario.ts';
import { subscriptionScenarios } from './subscriptions.scenarios.ts';
import { walletScenarios } from './wallets.scenarios.ts';

export const scenarios: readonly Scenario[] = [
  ...accountScenarios,
  ...batchScenarios,
  ...campaignScenarios,
  ...saveCardScenarios,
  ...cardScenarios,
  ...listCardScenarios,
  ...customerAccountScenarios,
  ...addressScenarios,
  ...profileScenarios,
  ...bankScenarios,
  ...ownerScenarios,
  ...colorListScenarios,
  ...orderScenarios,
  ...chargeScenarios,
  ...holdScenarios,
  ...refundScenarios,
  ...oneStepScenarios,
  ...motoScenarios,
  ...walletScenarios,
  ...pushScenarios,
  ...posmsScenarios,
  ...payoutScenarios,
  ...linkScenarios,
  ...planScenarios,
  ...subscriptionScenarios,
];

/** The first success of an operation: generated tests are built from it. */
export function successOf(operation: string): Scenario {
  const found = scenarios.find((one) => one.request.operation === operation && one.status === 200);
  if (found === undefined) throw new Error(`No scenario in which ${operation} succeeds`);
  return found;
}
