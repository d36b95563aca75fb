import type { Order } from '#ledger/orders/order.ts';
import type { Fulfillment } from '#ledger/purchases/fulfillment.ts';
import { fulfillmentStatusOf, itemOfPrice } from '#ledger/purchases/fulfillment-rules.ts';
import type { OrderNote } from '#ledger/purchases/purchase.ts';
import { idOf } from './identity.ts';
import { toMajor } from './money.ts';
import {
  channelOf,
  contactFields,
  contactSnapshot,
  itemView,
  priceView,
  quantityOf,
  sourceView,
  summaryView,
} from './purchase-views.ts';
import { orderStatusOf, paymentStatusOf } from './statuses.ts';
import type { Viewer } from './viewer.ts';

/** What every order and transaction begins with. */
export function altView({ location, merchant }: Viewer) {
  return { altId: location, altType: 'location', liveMode: merchant.environment === 'live' };
}

/** `OrderResponseSchema`: a row of the list. */
export function orderRow(order: Order, viewer: Viewer): Record<string, unknown> {
  const { subtotal, discount } = summaryView(order);
  const { type, subType, id, name, details } = channelOf(order);
  return {
    _id: idOf(order.uuid),
    ...altView(viewer),
    ...contactFields(order, viewer),
    currency: order.currency.code,
    amount: toMajor(order.amount, order.currency.digits),
    subtotal,
    discount,
    status: orderStatusOf(order),
    paymentStatus: paymentStatusOf(order),
    totalProducts: quantityOf(order, () => true),
    onetimeProducts: quantityOf(order, (item) => !item.price.isRecurring),
    recurringProducts: quantityOf(order, (item) => item.price.isRecurring),
    sourceType: type,
    ...(subType === null ? {} : { sourceSubType: subType }),
    sourceId: id,
    ...(name === null ? {} : { sourceName: name }),
    ...(details === null ? {} : { sourceMeta: details }),
    ...(order.purchase?.coupon ? { couponCode: order.purchase.coupon.code } : {}),
    fulfillmentStatus: fulfillmentStatusOf(order),
    ...(order.purchase?.createdBy ? { createdBy: order.purchase.createdBy } : {}),
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}

/** `GetOrderResponseSchema`; `meta` names the order as the other face knows it. */
export function orderView(order: Order, viewer: Viewer, traceId: string): Record<string, unknown> {
  const { purchase } = order;
  return {
    _id: idOf(order.uuid),
    ...altView(viewer),
    ...contactSnapshot(order, viewer),
    currency: order.currency.code,
    amount: toMajor(order.amount, order.currency.digits),
    status: orderStatusOf(order),
    paymentStatus: paymentStatusOf(order),
    fulfillmentStatus: fulfillmentStatusOf(order),
    amountSummary: summaryView(order),
    taxSummary: purchase?.taxes ?? [],
    source: sourceView(order),
    items: (purchase?.items ?? []).map((item) => itemView(item, order)),
    ...(purchase?.coupon
      ? {
          coupon: {
            code: purchase.coupon.code,
            ...(purchase.coupon.id === null ? {} : { _id: purchase.coupon.id }),
          },
        }
      : {}),
    meta: { paylandsOrderUuid: order.uuid, reference: order.reference },
    markAsTest: viewer.merchant.environment === 'sandbox',
    ...(purchase?.createdBy ? { createdBy: purchase.createdBy } : {}),
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    traceId,
  };
}

/** `FulfillmentSchema`, with its items as products and prices. */
export function fulfillmentView(fulfillment: Fulfillment, order: Order, { location }: Viewer) {
  return {
    _id: fulfillment.id,
    altId: location,
    altType: 'location',
    trackings: fulfillment.trackings.map(({ number, carrier, url }) => ({
      ...(number === null ? {} : { trackingNumber: number }),
      ...(carrier === null ? {} : { shippingCarrier: carrier }),
      ...(url === null ? {} : { trackingUrl: url }),
    })),
    items: fulfillment.items.flatMap(({ price, quantity }) => {
      const item = itemOfPrice(order, price);
      return item === undefined ? [] : [fulfilledItem(item, quantity, order, location)];
    }),
    createdAt: fulfillment.createdAt,
    updatedAt: fulfillment.createdAt,
  };
}

function fulfilledItem(
  item: NonNullable<ReturnType<typeof itemOfPrice>>,
  qty: number,
  order: Order,
  locationId: string,
) {
  const { product, price } = item;
  return {
    _id: price.id,
    name: item.name,
    product: {
      locationId,
      productType: 'PHYSICAL',
      createdAt: order.createdAt,
      updatedAt: order.createdAt,
      ...product.details,
      _id: product.id,
      name: product.name,
    },
    price: priceView(price, order),
    qty,
  };
}

/** A note; no shape is published, so this one is ours (contract 5.8). */
export function noteView(note: OrderNote, order: Order, { location }: Viewer) {
  return {
    _id: note.id,
    altId: location,
    altType: 'location',
    orderId: idOf(order.uuid),
    note: note.text,
    createdBy: note.createdBy,
    createdAt: note.createdAt,
    updatedAt: note.createdAt,
  };
}
