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

/** So many of a price's items; an order may hold a price in several lines. */
export interface FulfilledItem {
  price: string;
  quantity: number;
}

export type FulfillmentStatus = 'unfulfilled' | 'partially_fulfilled' | 'fulfilled';
