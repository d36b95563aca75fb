import { couponScenarios } from './coupons.scenarios.ts';
import { orderScenarios } from './orders.scenarios.ts';
import { paymentScenarios } from './payments.scenarios.ts';
import { providerScenarios } from './providers.scenarios.ts';
import type { FaceScenario } from './scenario.ts';

export const scenarios: readonly FaceScenario[] = [
  ...orderScenarios,
  ...paymentScenarios,
  ...couponScenarios,
  ...providerScenarios,
];

/** The first success of an operation: generated tests are built from it. */
export function successOf(operation: string): FaceScenario {
  const found = scenarios.find((one) => one.request.operation === operation && one.status < 300);
  if (found === undefined) throw new Error(`No scenario in which ${operation} succeeds`);
  return found;
}
