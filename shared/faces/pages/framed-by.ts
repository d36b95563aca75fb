import type { Template } from '#ledger/core/template.ts';
import type { Order } from '#ledger/orders/order.ts';

/**
 * Whose pages may frame those of an order: the shops that its template names, else the origins of
 * its own addresses. An order that says nothing of its shop may be framed by any (null).
 */
export function shopsOf(order: Order, { framedBy }: Template): readonly string[] | null {
  if (framedBy !== undefined) return framedBy;
  const addresses = [order.successUrl, order.failureUrl, order.notifyUrl];
  const origins = addresses.map((one) => URL.parse(one ?? '')?.origin ?? '').filter(isOrigin);
  return origins.length === 0 ? null : [...new Set(origins)];
}

/** Whether a text is the origin of a page, and nothing else could be read in it by a policy. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/([a-z0-9._-]+|\[[0-9a-f:]+\])(:\d+)?$/.test(text);
}
