import type { Order } from '#ledger/orders/order.ts';
import { type Channel, DIRECT_CHANNEL, type PurchaseItem } from '#ledger/purchases/purchase.ts';
import { toMajor } from './money.ts';
import type { KnownBuyer, Viewer } from './viewer.ts';

/** The source of an order; one that came from the other face is its own source. */
export function channelOf(order: Order): Channel {
  const channel = order.purchase?.channel ?? { ...DIRECT_CHANNEL, name: order.description };
  return channel.id === '' ? { ...channel, id: order.uuid } : channel;
}

/** `OrderSource` (contract, appendix A). */
export function sourceView(order: Order) {
  const { type, subType, id, name, details } = channelOf(order);
  return {
    type,
    ...(subType === null ? {} : { subType }),
    id,
    ...(name === null ? {} : { name }),
    ...(details === null ? {} : { meta: details }),
  };
}

/** Who buys, as list rows show them. */
export function contactFields(order: Order, viewer: Viewer) {
  const contact = buyerOf(order, viewer);
  if (contact === null) return {};
  return {
    ...(contact.id === null ? {} : { contactId: contact.id }),
    ...(contact.name === null ? {} : { contactName: contact.name }),
    ...(contact.email === null ? {} : { contactEmail: contact.email }),
  };
}

/** Who buys, as single answers show them. */
export function contactSnapshot(order: Order, viewer: Viewer) {
  const contact = buyerOf(order, viewer);
  if (contact === null) return {};
  const { id, name, email, details } = contact;
  return {
    ...(id === null ? {} : { contactId: id }),
    contactSnapshot: {
      ...details,
      ...(id === null ? {} : { id }),
      ...(name === null ? {} : { name }),
      ...(email === null ? {} : { email, emailLowerCase: email.toLowerCase() }),
    },
  };
}

/** The contact that a shop has named, or what the profile of the order's customer says. */
function buyerOf(order: Order, { buyers }: Viewer): KnownBuyer | null {
  return order.purchase?.contact ?? buyers?.get(order.customer ?? '') ?? null;
}

/** `AmountSummary`, with tax and shipping as the OrderCreate event has them (contract 6). */
export function summaryView(order: Order) {
  const { digits } = order.currency;
  const { purchase } = order;
  const { subtotal, discount, tax, shipping } = purchase?.summary ?? {
    ...NOTHING,
    subtotal: order.amount,
  };
  return {
    subtotal: toMajor(subtotal, digits),
    discount: toMajor(discount, digits),
    tax: toMajor(tax ?? 0, digits),
    shipping: toMajor(shipping ?? 0, digits),
  };
}

const NOTHING = { subtotal: 0, discount: 0, tax: null, shipping: null };

/** A line of an order, as the OrderCreate event has it (contract 6). */
export function itemView(item: PurchaseItem, order: Order) {
  const { name, quantity, product, price } = item;
  return {
    name,
    qty: quantity,
    product: { ...product.details, _id: product.id, name: product.name },
    price: priceView(price, order),
  };
}

export function priceView(price: PurchaseItem['price'], order: Order) {
  return {
    ...price.details,
    _id: price.id,
    name: price.name,
    type: price.isRecurring ? 'recurring' : 'one_time',
    currency: order.currency.code,
    amount: toMajor(price.amount, order.currency.digits),
  };
}

/** How many products of a kind an order has. */
export function quantityOf(order: Order, isWanted: (item: PurchaseItem) => boolean): number {
  const items = order.purchase?.items ?? [];
  return items.filter(isWanted).reduce((sum, item) => sum + item.quantity, 0);
}
