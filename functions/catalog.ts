import type { DeclaredFunction } from '#operation/declare/declaration.ts';

/** Every function, by its path below this folder. Infra, docs and tests read it; no function may. */
export const paths = [
  'paylands/account/check-authentication',
  'paylands/account/get-my-api-key-profiles',
  'paylands/account/list-api-key-profiles',
  'paylands/cards/delete-card',
  'paylands/cards/get-card',
  'paylands/cards/save-card',
  'paylands/cards/save-cards',
  'paylands/cards/set-card-additional',
  'paylands/cards/validate-card',
  'paylands/customers/create-customer',
  'paylands/customers/list-customer-cards',
  'paylands/orders/get-order',
  'paylands/orders/list-transactions',
  'pages/orders/answer-challenge',
  'pages/orders/bizum-page',
  'pages/card-frame/card-frame',
  'pages/orders/card-page',
  'pages/orders/challenge-page',
  'pages/card-frame/frame-sdk',
  'pages/orders/pay-by-bizum',
  'pages/orders/pay-by-card',
  'pages/card-frame/save-card-of-frame',
  'pages/orders/wrong-page',
  'paylands/payments/cancel-payment',
  'paylands/payments/confirm-payment',
  'paylands/payments/charge-one-step',
  'paylands/payments/create-order',
  'paylands/payments/direct-payment',
  'paylands/payments/moto-payment',
  'paylands/payments/payout',
  'paylands/payments/push-payment',
  'paylands/payments/refund-payment',
  'paylands/payments/send-order-link',
  'paylands/payments/wallet-payment',
  'highlevel/coupons/create-coupon',
  'highlevel/coupons/delete-coupon',
  'highlevel/coupons/get-coupon',
  'highlevel/coupons/list-coupons',
  'highlevel/coupons/update-coupon',
  'highlevel/custom-provider/create-config',
  'highlevel/custom-provider/create-integration',
  'highlevel/custom-provider/delete-integration',
  'highlevel/custom-provider/disconnect-config',
  'highlevel/custom-provider/fetch-config',
  'highlevel/custom-provider/update-capabilities',
  'highlevel/orders/create-fulfillment',
  'highlevel/orders/get-order',
  'highlevel/orders/list-fulfillments',
  'highlevel/orders/list-notes',
  'highlevel/orders/list-orders',
  'highlevel/orders/record-payment',
  'highlevel/subscriptions/get-subscription',
  'highlevel/subscriptions/list-subscriptions',
  'highlevel/transactions/get-transaction',
  'highlevel/transactions/list-transactions',
  'highlevel/white-label/create-integration-provider',
  'highlevel/white-label/list-integration-providers',
  'jobs/deliver-notification',
  'jobs/confirm-push',
  'schedules/dispatch-notifications',
  'schedules/expire-orders',
  'schedules/recover-payments',
  'schedules/send-messages',
] as const;

/** A function with the path it is found and bundled under. */
export type CatalogEntry = DeclaredFunction & { path: string };

/** The functions themselves. */
export const catalog: readonly CatalogEntry[] = await Promise.all(
  paths.map(async (path) => {
    const module: { default: DeclaredFunction } = await import(/* @vite-ignore */ `./${path}.ts`);
    return { path, ...module.default };
  }),
);
