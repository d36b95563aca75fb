import type { ObjectId } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Listed, OrderFilter, Page } from '#ledger/orders/order-lists.ts';
import { stateOf } from '#ledger/orders/order-state.ts';
import type { OrderState } from '#ledger/orders/standing.ts';
import { isEmpty, type Span, spanOf } from '#store/lists/rows.ts';
import type { OrderReader } from './order-reader.ts';

/**
 * A page of a merchant's orders, newest first. Without a filter, or with one by state alone, it
 * costs the same at any offset and any number of orders. Every other criterion is answered by an
 * index of ids, and what they have in common is the list: the cost grows with the number of ids
 * that are found, never with the number of orders.
 */
export async function readOrders(
  reader: OrderReader,
  page: Page,
  filter: OrderFilter,
): Promise<Listed<Order>> {
  const span = spanOf(page);
  if (isEmpty(span)) return { entries: [], total: 0 };
  const { states } = filter;
  const found = await matching(reader, span, filter);
  if (found === null) return pageOf(reader, page, states);
  const ids = found.sort().reverse();
  if (states === undefined) {
    const entries = await reader.orders(slice(ids, page));
    return { entries, total: ids.length };
  }
  const orders = (await reader.orders(ids)).filter((order) => isIn(order, states));
  return { entries: slice(orders, page), total: orders.length };
}

async function pageOf(
  reader: OrderReader,
  page: Page,
  states: readonly OrderState[] | undefined,
): Promise<Listed<Order>> {
  if (states === undefined) {
    const { rows, total } = await reader.all.countedPage(page);
    return { entries: rows.map((row) => row.value), total };
  }
  // What most orders are is read with the others: an order apart costs as much as four in a row.
  const isWanted = (order: Order) => isIn(order, states);
  const others = MOST_OTHERS * page.limit;
  const among = await reader.amongAll(states).pageAmongFew(page, isWanted, others);
  if (among !== null) return { entries: among.rows.map((row) => row.value), total: among.total };
  const { rows, total } = await reader.inStates(states).countedPage(page);
  return { entries: await reader.orders(rows.map((row) => row.id)), total };
}

/** So many orders in other states are read with each that is wanted. */
const MOST_OTHERS = 1;

/** The ids that match every criterion but the state, or null when there is none. */
async function matching(
  reader: OrderReader,
  span: Span,
  filter: OrderFilter,
): Promise<ObjectId[] | null> {
  const sets = await Promise.all(criteria(reader, span, filter));
  const [smallest, ...others] = sets
    .map((ids) => new Set(ids))
    .sort((one, other) => one.size - other.size);
  if (smallest === undefined) return null;
  return [...smallest].filter((id) => others.every((set) => set.has(id)));
}

function criteria(reader: OrderReader, span: Span, filter: OrderFilter): Promise<ObjectId[]>[] {
  const { contact, channel, products, text } = filter;
  const any = async (all: Promise<ObjectId[]>[]) => (await Promise.all(all)).flat();
  return [
    ...(contact === undefined ? [] : [reader.having('CONTACT', contact, span)]),
    ...(channel === undefined
      ? []
      : [any([reader.having('CHANNEL', channel, span), reader.withoutChannel(channel, span)])]),
    ...(products === undefined
      ? []
      : [any(products.map((product) => reader.having('PRODUCT', product, span)))]),
    ...(text === undefined ? [] : [reader.named(text, span)]),
  ];
}

function isIn(order: Order, states: readonly OrderState[]): boolean {
  const { stage, payment } = stateOf(order);
  return states.some((one) => one.stage === stage && one.payment === payment);
}

function slice<T>(all: readonly T[], { offset, limit }: Page): T[] {
  return all.slice(offset, offset + limit);
}
