/** How an order stands, as lists of orders are filtered by it. */
export interface OrderState {
  stage: Stage;
  payment: PaymentState;
}

/**
 * A standing of an order and when it began: ISO 8601 UTC in real time, not of the merchant's test
 * clock.
 */
export interface Standing extends OrderState {
  since: string;
  /** It began before orders were listed by their channels. */
  listedWithAll?: true;
}

export const STAGES = ['open', 'completed', 'failed', 'cancelled', 'expired'] as const;
export const PAYMENT_STATES = ['unpaid', 'partly_paid', 'paid', 'returned'] as const;

export type Stage = (typeof STAGES)[number];
export type PaymentState = (typeof PAYMENT_STATES)[number];
