import type { Tenant } from '#ledger/core/merchant.ts';
import type { LedgerReads } from '#ledger/core/store.ts';

/**
 * Counts the lists of a merchant, however long that takes, so that nobody who reads them later has
 * to wait for it. Whoever reads beside it gets further with it; it may be broken off and run again.
 */
export async function countLists(
  ledger: LedgerReads,
  tenant: Tenant,
): Promise<{ orders: number; payments: number; subscriptions: number }> {
  const page = { fromMs: null, toMs: null, limit: 1, offset: 0 };
  const [orders, payments, subscriptions] = await Promise.all([
    ledger.orders(tenant, page, {}),
    ledger.payments(tenant, page, {}),
    ledger.subscriptions(tenant, page, {}),
  ]);
  return {
    orders: orders.total,
    payments: payments.total,
    subscriptions: subscriptions.total,
  };
}
