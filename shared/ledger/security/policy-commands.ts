import type { LedgerContext, ReadContext } from '#ledger/core/context.ts';
import { NO_POLICY, type SecurityPolicy } from './security-policy.ts';

/** The policy that payments are screened by. */
export async function policyOf(context: ReadContext): Promise<SecurityPolicy> {
  const { securityPolicy } = await context.store.read(context.merchant, {
    securityPolicy: 'policy',
  });
  return securityPolicy ?? NO_POLICY;
}

/** Stages a policy as its next version. */
export function stagePolicy(context: LedgerContext, policy: SecurityPolicy): void {
  const next = { ...policy, version: policy.version + 1 };
  context.work.stage({ change: 'security_policy', policy: next });
}
