import type { Tenant } from '#ledger/core/merchant.ts';
import { ruleName } from '#ledger/security/evaluation.ts';
import { policyOf, stagePolicy } from '#ledger/security/policy-commands.ts';
import type { SecurityPolicy, SecurityRule, Thresholds } from '#ledger/security/security-policy.ts';
import { inLedger, type LedgerTarget } from './in-ledger.ts';

/** What a merchant's payments are screened by. */
export function showPolicy(target: LedgerTarget, tenant: Tenant): Promise<SecurityPolicy> {
  return inLedger(target, tenant, policyOf);
}

/** Sets a rule; it takes the place of the one with its name. */
export function setRule(
  target: LedgerTarget,
  tenant: Tenant,
  rule: SecurityRule,
): Promise<SecurityPolicy> {
  return changePolicy(target, tenant, (policy) => ({
    ...policy,
    rules: [...policy.rules.filter((one) => ruleName(one) !== ruleName(rule)), rule],
  }));
}

/** @throws when there is no such rule */
export function removeRule(
  target: LedgerTarget,
  tenant: Tenant,
  name: string,
): Promise<SecurityPolicy> {
  return changePolicy(target, tenant, (policy) => {
    const rules = policy.rules.filter((one) => ruleName(one) !== name);
    if (rules.length === policy.rules.length) throw new Error(`There is no rule ${name}`);
    return { ...policy, rules };
  });
}

/** @throws when payments would be refused before they are authenticated */
export function setThresholds(
  target: LedgerTarget,
  tenant: Tenant,
  thresholds: Thresholds,
): Promise<SecurityPolicy> {
  if (thresholds.authenticate > thresholds.refuse) {
    throw new Error('The score that refuses must not be below the one that authenticates');
  }
  return changePolicy(target, tenant, (policy) => ({ ...policy, thresholds }));
}

function changePolicy(
  target: LedgerTarget,
  tenant: Tenant,
  change: (policy: SecurityPolicy) => SecurityPolicy,
): Promise<SecurityPolicy> {
  return inLedger(target, tenant, async (context) => {
    const changed = change(await policyOf(context));
    stagePolicy(context, changed);
    return changed;
  });
}
