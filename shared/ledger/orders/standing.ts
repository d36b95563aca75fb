/** How an order stands, as lists of orders are filtered by it. */
export interface OrderState {
  stage: Stage;
  payment: PaymentState;
}

/** How an order stood from a moment on, ISO 8601 UTC in real time, whatever the merchant's clock. */
export interface Standing extends OrderState {
  since: string;
}

export const STAGES = ['open', 'completed', 'failed', 'cancelled', 'expired'] as const;
export const PAYMENT_STATES = ['unpaid', 'partly_paid', 'paid', 'returned'] as const;

export type Stage = (typeof STAGES)[number];
export type PaymentState = (typeof PAYMENT_STATES)[number];
