import type { Tenant } from '#ledger/core/merchant.ts';
import { MAX_RETRY_DAYS, type Product } from '#ledger/plans/plan.ts';
import { setRetryDays } from '#ledger/plans/plan-commands.ts';
import { inLedger, type LedgerTarget } from './in-ledger.ts';

/** The products of a merchant that can be subscribed to, oldest first. */
export function showProducts(target: LedgerTarget, tenant: Tenant): Promise<Product[]> {
  return target.ledger.products(tenant);
}

/**
 * Says how many days after a failed attempt to charge a subscription the next one is made.
 * @throws when there is no such product, or for other than 1 to 30 days
 */
export function changeRetryDays(
  target: LedgerTarget,
  tenant: Tenant,
  externalId: string,
  days: number,
): Promise<Product> {
  if (!(Number.isInteger(days) && days >= 1 && days <= MAX_RETRY_DAYS)) {
    throw new Error(`Retries are made 1 to ${MAX_RETRY_DAYS} days later`);
  }
  return inLedger(target, tenant, (context) => setRetryDays(context, externalId, days));
}
