import type { Tenant } from '#ledger/core/merchant.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { OrderFilter, Page } from '#ledger/orders/order-lists.ts';

const PAGE = 100;

/** Which orders are wanted; `isWanted` is asked of each that the filter finds. */
export interface Wanted extends Omit<Page, 'offset'> {
  filter: OrderFilter;
  isWanted(order: Order): boolean;
}

/** The last orders of a merchant, newest first, read page by page until there are enough. */
export async function lastOrders(
  { ledger }: { ledger: LedgerStore },
  tenant: Tenant,
  { filter, isWanted, limit, ...span }: Wanted,
): Promise<Order[]> {
  const found: Order[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = { ...span, offset, limit: PAGE };
    const { entries, total } = await ledger.orders(tenant, page, filter);
    found.push(...entries.filter(isWanted));
    if (found.length >= limit || offset + PAGE >= total) return found.slice(0, limit);
  }
}
