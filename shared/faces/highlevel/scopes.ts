/** Every scope of the payments operations (contract 1.4). */
export const SCOPES = [
  'payments/integration.readonly',
  'payments/integration.write',
  'payments/orders.readonly',
  'payments/orders.write',
  'payments/orders.collectPayment',
  'payments/transactions.readonly',
  'payments/subscriptions.readonly',
  'payments/coupons.readonly',
  'payments/coupons.write',
  'payments/custom-provider.readonly',
  'payments/custom-provider.write',
] as const;

export type Scope = (typeof SCOPES)[number];
