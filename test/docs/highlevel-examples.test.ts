import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { importSubscriptions } from '#administration/import-subscriptions.ts';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { LOCATION } from '#infra/openapi/examples.ts';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
import { type Paylands, paylandsOf } from '#test/highlevel/support/paylands.ts';
import { newPurchaseOf, TEE_PRICE } from '#test/highlevel/support/purchase.ts';
import { type Answers, recorded } from './examples/recorded.ts';
import { stable } from './examples/stable.ts';

let face: Face;
const answers: Answers = {};
/** The id of the coupon that the calls are about, once it is created. */
let coupon = '';

beforeAll(async () => {
  face = await startFace();
  const shop = await newShop();
  for (const [name, call] of CALLS) answers[name] = await answerOf(shop, call);
}, 120_000);
afterAll(() => face.stop());

const SUBSCRIPTION = '64bf78af39118e4011926cba';
const CARD = { last4: '4242', type: 'visa' };

/** What the calls are about. */
interface Shop {
  location: TestLocation;
  /** An order with items that is due. */
  order: string;
  /** A payment of another order. */
  transaction: string;
}

async function newShop(): Promise<Shop> {
  const location = await face.newLocation();
  const paylands = await paylandsOf(face.url, location.tenant);
  const transaction = await paidTransaction(paylands);
  const { uuid } = await newPurchaseOf(paylands);
  await face.addNote(location.tenant, uuid, 'Wants it wrapped as a gift');
  const { access, store: ledger, locations } = runtime();
  await importSubscriptions({ access, ledger, locations }, [subscriptionOf(location)]);
  return { location, order: objectIdFromUuid(uuid) ?? '', transaction };
}

async function paidTransaction(paylands: Paylands): Promise<string> {
  const { uuid } = await paylands.createOrder();
  const { transactions } = await paylands.charge(uuid, await paylands.saveCard());
  return objectIdFromUuid(transactions[0]?.uuid ?? '') ?? '';
}

function subscriptionOf({ id }: TestLocation) {
  return {
    _id: SUBSCRIPTION,
    altId: id,
    altType: 'location',
    contactId: 'XPLSw2SVagl12LMDeTmQ',
    contactSnapshot: { first_name: 'James', last_name: 'Bond', email: 'james@example.com' },
    currency: 'EUR',
    amount: 59.9,
    status: 'active',
    liveMode: false,
    entitySource: { type: 'funnel', subType: 'upsell', id: 'bevrkPbLaDNXFaqfLKMm', name: 'Funnel' },
    recurringProduct: { name: 'Sofa Set' },
    schedule: { rrule: { intervalType: 'monthly', interval: 1, startDate: '2025-03-10' } },
    createdAt: '2025-03-10T12:00:00.000Z',
    updatedAt: '2025-03-10T12:00:00.000Z',
  };
}

interface Call {
  request: string;
  query?: Record<string, string>;
  body?: unknown;
}

const alt = { altId: '$location', altType: 'location' };
const located = { locationId: '$location' };
const page = 'https://pay.example.com';
const keys = { apiKey: 'live-key', publishableKey: 'live-publishable' };
const COUPON = {
  name: 'New Year Sale',
  code: 'LEVELUPDAY',
  discountType: 'percentage',
  discountValue: 10,
  startDate: '2025-01-01T00:00:00.000Z',
  endDate: '2099-12-31T00:00:00.000Z',
};

/** One request of every operation, in an order in which all succeed; `$…` is what there is. */
const CALLS: readonly [operation: string, call: Call][] = [
  [
    'create-integration-provider',
    {
      request: 'POST /payments/integrations/provider/whitelabel',
      body: {
        ...alt,
        uniqueName: 'easy-direct',
        title: 'Easy Direct',
        provider: 'nmi',
        description: 'Cards and wallets.',
        imageUrl: `${page}/logo.png`,
      },
    },
  ],
  [
    'list-integration-providers',
    { request: 'GET /payments/integrations/provider/whitelabel', query: alt },
  ],
  ['list-orders', { request: 'GET /payments/orders', query: alt }],
  [
    'record-order-payment',
    {
      request: 'POST /payments/orders/$order/record-payment',
      body: { ...alt, mode: 'card', card: CARD, notes: 'Paid at the counter' },
    },
  ],
  [
    'create-order-fulfillment',
    {
      request: 'POST /payments/orders/$order/fulfillments',
      body: {
        ...alt,
        trackings: [{ trackingNumber: '40012345678', shippingCarrier: 'FedEx' }],
        items: [{ priceId: TEE_PRICE, qty: 1 }],
        notifyCustomer: true,
      },
    },
  ],
  ['list-order-fulfillment', { request: 'GET /payments/orders/$order/fulfillments', query: alt }],
  ['list-order-notes', { request: 'GET /payments/orders/$order/notes', query: alt }],
  ['get-order-by-id', { request: 'GET /payments/orders/$order', query: alt }],
  ['list-transactions', { request: 'GET /payments/transactions', query: alt }],
  ['get-transaction-by-id', { request: 'GET /payments/transactions/$transaction', query: alt }],
  ['list-subscriptions', { request: 'GET /payments/subscriptions', query: alt }],
  [
    'get-subscription-by-id',
    { request: `GET /payments/subscriptions/${SUBSCRIPTION}`, query: alt },
  ],
  ['create-coupon', { request: 'POST /payments/coupon', body: { ...alt, ...COUPON } }],
  ['list-coupons', { request: 'GET /payments/coupon/list', query: alt }],
  ['get-coupon', { request: 'GET /payments/coupon', query: { ...alt, code: COUPON.code } }],
  [
    'update-coupon',
    {
      request: 'PUT /payments/coupon',
      body: { ...alt, ...COUPON, id: '$coupon', usageLimit: 100 },
    },
  ],
  ['delete-coupon', { request: 'DELETE /payments/coupon', body: { ...alt, id: '$coupon' } }],
  [
    'create-integration',
    {
      request: 'POST /payments/custom-provider/provider',
      query: located,
      body: {
        name: 'Pasarela',
        description: 'Cards through Paylands',
        paymentsUrl: `${page}/frame`,
        queryUrl: `${page}/query`,
        imageUrl: `${page}/logo.png`,
        supportsSubscriptionSchedule: true,
      },
    },
  ],
  [
    'create-config',
    {
      request: 'POST /payments/custom-provider/connect',
      query: located,
      body: {
        live: keys,
        test: { apiKey: 'test-key', publishableKey: 'test-publishable' },
      },
    },
  ],
  ['fetch-config', { request: 'GET /payments/custom-provider/connect', query: located }],
  [
    'update-capabilities',
    {
      request: 'PUT /payments/custom-provider/capabilities',
      body: { ...located, supportsSubscriptionSchedules: true },
    },
  ],
  [
    'disconnect-config',
    {
      request: 'POST /payments/custom-provider/disconnect',
      query: located,
      body: { liveMode: false },
    },
  ],
  ['delete-integration', { request: 'DELETE /payments/custom-provider/provider', query: located }],
];

async function answerOf({ location, order, transaction }: Shop, call: Call): Promise<unknown> {
  const values = { location: location.id, order, transaction, coupon };
  const { request, ...options }: Call = JSON.parse(
    JSON.stringify(call).replace(/\$(\w+)/g, (_, name) => Reflect.get(values, name)),
  );
  const { status, body } = await face.call(location.appToken, request, options);
  if (status >= 300) throw new Error(`${request}: ${JSON.stringify(body)}`);
  if (request === 'POST /payments/coupon') coupon = String(body._id);
  return stable(body, { [location.id]: LOCATION });
}

test('every operation has a recorded answer, which it still gives', () => {
  expect(recorded('highlevel', answers), 'run `npm run examples`').toEqual(answers);
});

const operations = functionsOf(catalog, 'operation')
  .map((one) => one.declaration)
  .filter((one) => one.face === 'highlevel');

test.each(operations)('the answer of $name has its shape', ({ name, response }) => {
  expect(z.safeParse(response, recorded('highlevel', answers)[name]).error?.issues).toBeUndefined();
});
