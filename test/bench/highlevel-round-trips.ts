import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HighLevelDemo } from '#infra/local/demo-highlevel.ts';
import { ORDERS } from '#infra/local/demo-sales.ts';
import { startEngine } from '#infra/local/engine.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { rowOf } from './round-trips.ts';
import { startServer } from './server.ts';
import { print } from './stats.ts';

/** The schedules run once when the server starts. */
const SETTLE_MS = 1000;

/** Round trips to DynamoDB and consumed capacity of the HighLevel face, on the demo location. */
export async function benchHighLevelRoundTrips(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const proxy = await startCountingProxy(engine.endpoint);
  const server = await startServer({
    DYNAMODB_ENDPOINT: proxy.url,
    ACCESS_CACHE_SECONDS: '600',
    SCHEDULE_SECONDS: '600',
  });
  await sleep(SETTLE_MS);
  const rows: ReturnType<typeof rowOf>[] = [];
  const { demo } = server;
  const send = async (name: string, route: string, body?: object, query: object = {}) => {
    proxy.take();
    const answer = await call(demo.highlevel, route, body, query);
    rows.push(rowOf(name, proxy.take()));
    return answer;
  };
  await callAll(send, demo.highlevel);
  print('DynamoDB per operation of the HighLevel face (the first reads who calls)', rows);
  await server.stop();
  proxy.stop();
  await engine.stop();
}

interface Answer {
  _id: string;
  data: { _id: string }[];
}

type Send = (name: string, route: string, body?: object, query?: object) => Promise<Answer>;

async function callAll(send: Send, demo: HighLevelDemo): Promise<void> {
  await callOrders(send);
  await send('listSubscriptions', 'GET /payments/subscriptions');
  const coupon = {
    name: 'Bench',
    code: `B${randomUUID().slice(0, 8)}`,
    discountType: 'percentage',
    discountValue: 10,
    startDate: '2026-01-01T00:00:00.000Z',
  };
  const { _id: id } = await send('createCoupon', 'POST /payments/coupon', coupon);
  await send('updateCoupon', 'PUT /payments/coupon', { ...coupon, id });
  await send('getCoupon (id)', 'GET /payments/coupon', undefined, { id });
  await send('getCoupon (code)', 'GET /payments/coupon', undefined, { code: coupon.code });
  await send('listCoupons', 'GET /payments/coupon/list');
  await send('deleteCoupon', 'DELETE /payments/coupon', { id });
  await callProviders(send, demo);
}

async function callOrders(send: Send): Promise<void> {
  const { _id: orderId, contactId, items } = ORDERS[1];
  const order = `/payments/orders/${orderId}`;
  await send('listOrders', 'GET /payments/orders');
  await send('listOrders (contact)', 'GET /payments/orders', undefined, { contactId });
  await send('listOrders (paid)', 'GET /payments/orders', undefined, { paymentStatus: 'paid' });
  await send('getOrderById', `GET ${order}`);
  await send('recordOrderPayment', `POST ${order}/record-payment`, { mode: 'cash' });
  await send('createOrderFulfillment', `POST ${order}/fulfillments`, {
    trackings: [{}],
    items: [{ priceId: items[0].price._id, qty: 1 }],
    notifyCustomer: true,
  });
  await send('listOrderFulfillment', `GET ${order}/fulfillments`);
  await send('listOrderNotes', `GET ${order}/notes`);
  const list = await send('listTransactions', 'GET /payments/transactions');
  const entityId = orderId;
  await send('listTransactions (order)', 'GET /payments/transactions', undefined, { entityId });
  await send('getTransactionById', `GET /payments/transactions/${list.data[0]?._id}`);
}

async function callProviders(send: Send, { locationId }: HighLevelDemo): Promise<void> {
  const keys = { apiKey: 'key', publishableKey: 'publishable' };
  const page = 'https://pay.example';
  await send('createIntegration', 'POST /payments/custom-provider/provider', {
    name: 'Bench',
    description: 'Bench',
    paymentsUrl: page,
    queryUrl: page,
    imageUrl: page,
    supportsSubscriptionSchedule: true,
  });
  await send('createConfig', 'POST /payments/custom-provider/connect', { live: keys, test: keys });
  await send('fetchConfig', 'GET /payments/custom-provider/connect');
  const isLive = { liveMode: false };
  await send('disconnectConfig', 'POST /payments/custom-provider/disconnect', isLive);
  await send('updateCapabilities', 'PUT /payments/custom-provider/capabilities', {
    supportsSubscriptionSchedules: true,
    locationId,
  });
  await send('deleteIntegration', 'DELETE /payments/custom-provider/provider');
  await send('createIntegrationProvider', 'POST /payments/integrations/provider/whitelabel', {
    uniqueName: `bench-${randomUUID().replaceAll(/[^a-f]/g, '')}x`,
    title: 'Bench',
    provider: 'nmi',
    description: 'Bench',
    imageUrl: page,
  });
  await send('listIntegrationProviders', 'GET /payments/integrations/provider/whitelabel');
}

/** The fields that name the location are the same for all; operations ignore what they lack. */
async function call(
  { baseUrl, appToken, locationId }: HighLevelDemo,
  route: string,
  body: object | undefined,
  query: object,
): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const alt = { altId: locationId, altType: 'location' };
  const all = new URLSearchParams({ ...alt, locationId, ...query });
  const reply = await fetch(`${baseUrl}${path}?${all}`, {
    method,
    headers: {
      authorization: `Bearer ${appToken}`,
      version: 'v3',
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify({ ...alt, ...body }) }),
  });
  if (!reply.ok) throw new Error(`${route}: ${reply.status} ${await reply.text()}`);
  return (await reply.json()) as Answer;
}
