import type { ObjectId } from '#ledger/core/ids.ts';

/**
 * What was sold with an order, to whom and through which channel: known to the shop, and not needed
 * for a charge. It does not change once the order exists. Amounts are minor units of the order's
 * currency; `details` keep the shop's other fields unread.
 */
export interface Purchase {
  contact: Contact | null;
  channel: Channel;
  items: PurchaseItem[];
  summary: { subtotal: number; discount: number; tax: number | null; shipping: number | null };
  taxes: Record<string, unknown>[];
  coupon: { id: ObjectId | null; code: string } | null;
  /** The provider's subscription that the order belongs to. */
  subscription: string | null;
  /** Who created it at the shop. */
  createdBy: string | null;
}

/** The buyer as the shop knows them. */
export interface Contact {
  id: string;
  name: string | null;
  email: string | null;
  details: Record<string, unknown>;
}

/** Where the order came from: a funnel, a website, a point of sale … */
export interface Channel {
  type: string;
  subType: string | null;
  id: string;
  name: string | null;
  details: Record<string, unknown> | null;
}

/** A line of the order. */
export interface PurchaseItem {
  name: string;
  quantity: number;
  product: { id: string; name: string; details: Record<string, unknown> };
  price: {
    id: string;
    name: string;
    isRecurring: boolean;
    amount: number;
    details: Record<string, unknown>;
  };
}

/** A remark of the merchant's people. */
export interface OrderNote {
  id: ObjectId;
  text: string;
  createdBy: string | null;
  createdAt: string;
}

/** The channel of an order that came with none. */
export const DIRECT_CHANNEL: Channel = {
  type: 'external',
  subType: null,
  id: '',
  name: null,
  details: null,
};
