import type { HighLevel } from '@gohighlevel/api-client';
import { TEE_PRICE } from './purchase.ts';

export const SUBSCRIPTION = '64bf78af39118e4011926cba';

type Payments = HighLevel['payments'];

/** What the calls are about. */
export interface Ids {
  locationId: string;
  alt: { altId: string; altType: 'location' };
  orderId: string;
  transactionId: string;
  coupon: string;
}

const page = 'https://pay.example';
const keys = { apiKey: 'key', publishableKey: 'publishable' };
const COUPON = {
  name: 'Summer',
  code: 'SDK10',
  discountType: 'percentage',
  discountValue: 10,
  startDate: '2026-01-01T00:00:00.000Z',
};

/** Every method of the SDK, in an order in which all succeed, by the operation it calls. */
export const CALLS: readonly [
  method: string,
  operationId: string | null,
  call: (payments: Payments, ids: Ids) => Promise<unknown>,
][] = [
  [
    'createIntegrationProvider',
    'create-integration provider',
    (payments, { alt }) =>
      payments.createIntegrationProvider({
        ...alt,
        uniqueName: 'sdk-test',
        title: 'Test',
        provider: 'nmi' as never,
        description: 'Test',
        imageUrl: page,
      }),
  ],
  [
    'listIntegrationProviders',
    'list-integration-providers',
    (payments, { alt }) => payments.listIntegrationProviders(alt),
  ],
  ['listOrders', 'list-orders', (payments, { alt }) => payments.listOrders(alt)],
  [
    'getOrderById',
    'get-order-by-id',
    (payments, { alt, orderId }) => payments.getOrderById({ ...alt, orderId }),
  ],
  [
    'recordOrderPayment',
    'record-order-payment',
    (payments, { alt, orderId }) =>
      payments.recordOrderPayment({ orderId }, { ...alt, mode: 'cash' }),
  ],
  [
    'createOrderFulfillment',
    'create-order-fulfillment',
    (payments, { alt, orderId }) =>
      payments.createOrderFulfillment(
        { orderId },
        { ...alt, trackings: [{}], items: [{ priceId: TEE_PRICE, qty: 1 }], notifyCustomer: true },
      ),
  ],
  [
    'listOrderFulfillment',
    'list-order-fulfillment',
    (payments, { alt, orderId }) => payments.listOrderFulfillment({ ...alt, orderId }),
  ],
  // No shape is published.
  [
    'listOrderNotes',
    null,
    (payments, { alt, orderId }) => payments.listOrderNotes({ ...alt, orderId }),
  ],
  ['listTransactions', 'list-transactions', (payments, { alt }) => payments.listTransactions(alt)],
  [
    'getTransactionById',
    'get-transaction-by-id',
    (payments, { alt, transactionId }) => payments.getTransactionById({ ...alt, transactionId }),
  ],
  [
    'listSubscriptions',
    'list-subscriptions',
    (payments, { alt }) => payments.listSubscriptions(alt),
  ],
  [
    'getSubscriptionById',
    'get-subscription-by-id',
    (payments, { alt }) => payments.getSubscriptionById({ ...alt, subscriptionId: SUBSCRIPTION }),
  ],
  [
    'createCoupon',
    'create-coupon',
    async (payments, ids) => {
      const coupon = await payments.createCoupon({ ...ids.alt, ...COUPON });
      ids.coupon = coupon._id;
      return coupon;
    },
  ],
  ['listCoupons', 'list-coupons', (payments, { alt }) => payments.listCoupons(alt)],
  [
    'updateCoupon',
    'update-coupon',
    (payments, { alt, coupon }) => payments.updateCoupon({ ...alt, ...COUPON, id: coupon }),
  ],
  [
    'getCoupon',
    'get-coupon',
    (payments, { alt, coupon }) => payments.getCoupon({ ...alt, id: coupon, code: COUPON.code }),
  ],
  [
    'deleteCoupon',
    'delete-coupon',
    (payments, { alt, coupon }) => payments.deleteCoupon({ ...alt, id: coupon }),
  ],
  [
    'createIntegration',
    'create-integration',
    (payments, { locationId }) =>
      payments.createIntegration(
        { locationId },
        {
          name: 'Test',
          description: 'Test',
          paymentsUrl: page,
          queryUrl: page,
          imageUrl: page,
          supportsSubscriptionSchedule: true,
        },
      ),
  ],
  [
    'createConfig',
    'create-config',
    (payments, { locationId }) => payments.createConfig({ locationId }, { live: keys, test: keys }),
  ],
  [
    'fetchConfig',
    'fetch-config',
    (payments, { locationId }) => payments.fetchConfig({ locationId }),
  ],
  [
    'customProviderMarketplaceAppUpdateCapabilities',
    'custom-provider-marketplace-app-update-capabilities',
    (payments, { locationId }) =>
      payments.customProviderMarketplaceAppUpdateCapabilities({
        supportsSubscriptionSchedules: true,
        locationId,
      }),
  ],
  [
    'disconnectConfig',
    'disconnect-config',
    (payments, { locationId }) => payments.disconnectConfig({ locationId }, { liveMode: false }),
  ],
  [
    'deleteIntegration',
    'delete-integration',
    (payments, { locationId }) => payments.deleteIntegration({ locationId }),
  ],
];
