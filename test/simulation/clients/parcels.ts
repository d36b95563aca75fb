import { objectIdFromUuid } from '#ledger/core/ids.ts';
import { customerOf, markerOf, newOrder, saveCard } from './drafts.ts';
import type { OrderBody, Till } from './till.ts';

/** What a shop sells: its prices, and how many of each are sold with an order. */
const PRICES = ['price-tea', 'price-cup'] as const;

/** Sells goods, and has them sent by people who do not know of each other. */
export async function sellGoods(till: Till): Promise<void> {
  const { random } = till;
  const customer = customerOf(till);
  const sold = PRICES.map((price) => ({ price, quantity: random.int(1, 3) }));
  const highlevel = purchaseOf(till, sold);
  const order = await newOrder(till, { customer, operative: 'AUTHORIZATION', highlevel });
  if (order === null) return;
  const card = await saveCard(till, customer);
  const pay = { order_uuid: order.uuid, card_uuid: card };
  if (card !== null) await till.paylands('/payment/direct', pay, `pay ${order.uuid}`);
  const parcels = sold.flatMap(({ price, quantity }) =>
    random.chance(0.5)
      ? [{ priceId: price, qty: quantity }]
      : Array.from({ length: quantity }, () => ({ priceId: price, qty: 1 })),
  );
  // Somebody sends what is sent already.
  if (random.chance(0.3)) parcels.push({ priceId: random.pick(PRICES), qty: 1 });
  const tasks = parcels.map((parcel) => () => sendParcel(till, order, parcel));
  if (random.chance(0.5)) await Promise.all(tasks.map((task) => task()));
  else for (const task of tasks) await task();
}

/** Every buyer has an address of his own, so that mails can be told by it. */
function purchaseOf(till: Till, sold: readonly { price: string; quantity: number }[]): object {
  const { random } = till;
  const name = markerOf(till);
  return {
    contactId: `contact-${name}`,
    ...(random.chance(0.8) ? { contactSnapshot: { name, email: `${name}@buyer.example` } } : {}),
    ...(random.chance(0.5) ? { coupon: { code: `CODE${random.int(1, 4)}` } } : {}),
    source: { type: 'website', id: 'shop', name: 'Shop' },
    items: sold.map(({ price, quantity }) => ({
      name: price,
      qty: quantity,
      product: { _id: `product-${price}`, name: price },
      price: { _id: price, name: price, type: 'one_time', amount: 1.5 },
    })),
  };
}

async function sendParcel(
  till: Till,
  { uuid }: OrderBody,
  parcel: { priceId: string; qty: number },
): Promise<void> {
  const body = {
    altId: till.shop.location,
    altType: 'location',
    trackings: [{ trackingNumber: '40012345678', shippingCarrier: 'Post' }],
    items: [parcel],
    notifyCustomer: till.random.chance(0.7),
  };
  const path = `/payments/orders/${objectIdFromUuid(uuid)}/fulfillments`;
  await till.highLevel(path, body, [`parcel ${uuid} ${parcel.priceId} ${parcel.qty}`]);
}
