import type { ObjectId } from '#ledger/core/ids.ts';

/** Goods that left the shop. */
export interface Fulfillment {
  id: ObjectId;
  trackings: { number: string | null; carrier: string | null; url: string | null }[];
  items: FulfilledItem[];
  /** Whether the buyer was to be told. */
  notified: boolean;
  createdAt: string;
}

/** How many items of a price; an order may have several lines of one price. */
export interface FulfilledItem {
  price: string;
  quantity: number;
}

export type FulfillmentStatus = 'unfulfilled' | 'partially_fulfilled' | 'fulfilled';
