import type { Tenant } from '#ledger/core/merchant.ts';
import { runtime } from '#operation/runtime/runtime.ts';

/** Writes so much into an order that nothing more fits. */
export async function fillOrder(tenant: Tenant, uuid: string): Promise<void> {
  const { store } = runtime();
  const { order } = await store.read(tenant, { order: uuid });
  if (order === null) throw new Error('The order was not found');
  const extraData = { ...order.extraData, note: 'x'.repeat(300 * 1024) };
  const full = { ...order, extraData, version: order.version + 1 };
  const due = { kind: 'none' } as const;
  await store.commit(tenant, [{ change: 'order', order: full, due, testClock: false }]);
}
