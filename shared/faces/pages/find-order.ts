import { createHash, timingSafeEqual } from 'node:crypto';
import { orderOfToken } from '#ledger/core/ids.ts';
import type { Environment, Merchant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

/** The order that a token opens, with its merchant; null for any other token. */
export async function findOrder(
  runtime: Runtime,
  environment: Environment,
  token: string,
): Promise<{ order: Order; merchant: Merchant } | null> {
  const named = orderOfToken(token);
  if (named === null) return null;
  const tenant = { merchant: named.merchant, environment };
  const [merchant, { order }] = await Promise.all([
    runtime.access.findMerchant(tenant),
    runtime.store.read(tenant, { order: named.order }),
  ]);
  if (merchant === null || order === null || !isEqual(order.token, token)) return null;
  return { order, merchant };
}

/** In constant time, whatever the lengths. */
function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
