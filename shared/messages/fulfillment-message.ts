import type { Merchant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Fulfillment } from '#ledger/purchases/fulfillment.ts';
import { itemOfPrice } from '#ledger/purchases/fulfillment-rules.ts';
import type { Message } from './message.ts';

/** The mail that tells a buyer what was sent, and how to follow it. */
export function fulfillmentMessage(
  order: Order,
  merchant: Merchant,
  fulfillment: Fulfillment,
  to: string,
): Message {
  const items = fulfillment.items.map(({ price, quantity }) => {
    return `${quantity} × ${itemOfPrice(order, price)?.name ?? price}`;
  });
  const parcels = fulfillment.trackings.flatMap(({ number, carrier, url }) => {
    const parts = [carrier, number, url].filter((part) => part !== null);
    return parts.length === 0 ? [] : [parts.join(' ')];
  });
  const tracking = parcels.length === 0 ? [] : ['', 'You can follow it:', ...parcels];
  return {
    channel: 'mail',
    to,
    subject: `${merchant.name} has sent your order`,
    text: ['This is on its way to you:', ...items, ...tracking].join('\n'),
  };
}
