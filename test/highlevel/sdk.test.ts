import type { HighLevel } from '@gohighlevel/api-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importSubscriptions } from '../../infra/admin/highlevel-data.ts';
import { objectIdFromUuid } from '../../shared/ledger/ids.ts';
import { runtime } from '../../shared/operation/runtime.ts';
import { type Face, startFace, type TestLocation } from './support/locations.ts';
import { paylandsOf } from './support/paylands.ts';
import { violationsOf } from './support/published.ts';
import { AMOUNT, SALE, TEE_PRICE } from './support/sale.ts';

let face: Face;
let location: TestLocation;
let orderId: string;
let transactionId: string;

const SUBSCRIPTION = '64bf78af39118e4011926cba';

beforeAll(async () => {
  face = await startFace();
  location = await face.newLocation();
  const paylands = await paylandsOf(face.url, location.tenant);
  const card = await paylands.saveCard();
  const charged = await paylands.charge((await paylands.createOrder()).uuid, card);
  transactionId = objectIdFromUuid(charged.transactions[0]?.uuid ?? '') ?? '';
  const order = await paylands.createOrder({ amount: AMOUNT, extra_data: { highlevel: SALE } });
  orderId = objectIdFromUuid(order.uuid) ?? '';
  const { access, store: ledger, locations } = runtime();
  await importSubscriptions({ access, ledger, locations }, subscription());
});
afterAll(() => face.stop());

function subscription() {
  return {
    _id: SUBSCRIPTION,
    altId: location.id,
    altType: 'location',
    currency: 'EUR',
    amount: 59,
    status: 'active',
    liveMode: false,
    entitySource: { type: 'funnel', id: 'bevrkPbLaDNXFaqfLKMm', name: 'Funnel' },
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

type Payments = HighLevel['payments'];

interface Ids {
  locationId: string;
  alt: { altId: string; altType: 'location' };
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
const CALLS: readonly [
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
    (payments, { alt }) => payments.getOrderById({ ...alt, orderId }),
  ],
  [
    'recordOrderPayment',
    'record-order-payment',
    (payments, { alt }) => payments.recordOrderPayment({ orderId }, { ...alt, mode: 'cash' }),
  ],
  [
    'createOrderFulfillment',
    'create-order-fulfillment',
    (payments, { alt }) =>
      payments.createOrderFulfillment(
        { orderId },
        { ...alt, trackings: [{}], items: [{ priceId: TEE_PRICE, qty: 1 }], notifyCustomer: true },
      ),
  ],
  [
    'listOrderFulfillment',
    'list-order-fulfillment',
    (payments, { alt }) => payments.listOrderFulfillment({ ...alt, orderId }),
  ],
  // No shape is published.
  ['listOrderNotes', null, (payments, { alt }) => payments.listOrderNotes({ ...alt, orderId })],
  ['listTransactions', 'list-transactions', (payments, { alt }) => payments.listTransactions(alt)],
  [
    'getTransactionById',
    'get-transaction-by-id',
    (payments, { alt }) => payments.getTransactionById({ ...alt, transactionId }),
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

test('every method of the official SDK works, and its answer is as published', async () => {
  const { payments } = face.sdk(location.appToken);
  const ids: Ids = {
    locationId: location.id,
    alt: { altId: location.id, altType: 'location' },
    coupon: '',
  };
  for (const [method, operationId, call] of CALLS) {
    const answer = await call(payments, ids);
    if (operationId === null) expect(answer).toMatchObject({ totalCount: 0, data: [] });
    else expect(violationsOf(operationId, answer), method).toEqual([]);
  }
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(payments));
  expect(CALLS.map(([method]) => method).toSorted()).toEqual(
    methods.filter((name) => name !== 'constructor').toSorted(),
  );
});
