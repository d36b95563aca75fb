import type { ObjectId } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Listed, OrderFilter, Page } from '#ledger/orders/order-lists.ts';
import type { Span } from '#store/lists/counter-reader.ts';
import { isEmpty, spanOf } from '#store/lists/timeline.ts';
import type { OrderReader } from './order-reader.ts';

/**
 * A page of a merchant's orders, newest first. Without a filter it costs the same at any offset
 * and any number of orders. With one, every criterion is answered by an index of ids, what they
 * have in common is the list, and only the orders of the page are read: the cost grows with the
 * number of ids that match, never with the number of orders. A text alone has no index: the rows
 * of the window are read through, which hold the names and nothing else.
 */
export async function readOrders(
  reader: OrderReader,
  page: Page,
  filter: OrderFilter,
): Promise<Listed<Order>> {
  const span = spanOf(page);
  if (isEmpty(span)) return { entries: [], total: 0 };
  const found = await matching(reader, span, filter);
  if (found === null) {
    const { rows, total } = await reader.timeline.countedPage(page);
    return { entries: await reader.orders(rows.map((row) => row.id)), total };
  }
  const ids = found.sort().reverse();
  const wanted = ids.slice(page.offset, page.offset + page.limit);
  return { entries: await reader.orders(wanted), total: ids.length };
}

/** The ids that match every criterion, or null when there is none. */
async function matching(
  reader: OrderReader,
  span: Span,
  filter: OrderFilter,
): Promise<ObjectId[] | null> {
  const sets = await Promise.all(criteria(reader, span, filter));
  const [smallest, ...others] = sets.sort((one, other) => one.size - other.size);
  if (smallest === undefined) return null;
  return [...smallest].filter((id) => others.every((set) => set.has(id)));
}

function criteria(reader: OrderReader, span: Span, filter: OrderFilter): Promise<Set<ObjectId>>[] {
  const { contact, channel, products, states, text } = filter;
  const facets = [
    ...(contact === undefined ? [] : [reader.having('CONTACT', contact, span)]),
    ...(channel === undefined ? [] : [reader.having('CHANNEL', channel, span)]),
    ...(products === undefined
      ? []
      : [
          Promise.all(products.map((product) => reader.having('PRODUCT', product, span))).then(
            (rows) => rows.flat(),
          ),
        ]),
  ];
  // Rows that were found by something else know the names too.
  if (text !== undefined && facets.length === 0) {
    const all = reader.timeline.rows(span, Number.MAX_SAFE_INTEGER);
    facets.push(Array.fromAsync(all));
  }
  const byFacet = facets.map(async (rows) => {
    const matches = (await rows).filter((row) => row.value.text.includes(text ?? ''));
    return new Set(matches.map((row) => row.id));
  });
  if (states === undefined) return byFacet;
  const byState = Promise.all(states.map((state) => reader.inState(state, span)));
  return [...byFacet, byState.then((ids) => new Set(ids.flat()))];
}
