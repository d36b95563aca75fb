import { PAYMENT_STATUSES } from '#faces/highlevel/statuses.ts';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import { isPayment } from '#ledger/orders/order-lists.ts';
import { stateOf } from '#ledger/orders/order-state.ts';
import type { Subscription } from '#ledger/subscriptions/subscription.ts';
import type { Shop } from '../clients/shop.ts';
import type { World } from '../world/world.ts';
import type { RestWithOrders } from './check-all.ts';
import { type StoredOrder, storedOf } from './stored.ts';

const PAGE = 7;

/** Lists hold what there is, once, with right totals; both faces show an order alike. */
export async function checkLists({ world, shops, orders }: RestWithOrders): Promise<void> {
  for (const shop of shops) {
    const own = orders.filter(({ merchant }) => merchant === shop.tenant.merchant);
    await checkTransactions(world, shop, own);
    await checkOrderList(world, shop, own);
    await checkFilters(world, shop, own);
    await checkSubscriptionList(world, shop);
    for (const order of own) await checkFaces(world, shop, order);
  }
}

async function checkTransactions(
  world: World,
  shop: Shop,
  orders: readonly StoredOrder[],
): Promise<void> {
  const expected = orders.flatMap((order) => order.transactions.map(({ uuid }) => uuid));
  const listed: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await paylands(world, shop, `/orders?limit=${PAGE}&offset=${offset}`);
    const rows = page.transactions as { transactionUUID: string }[];
    listed.push(...rows.map((row) => row.transactionUUID));
    if (rows.length < PAGE) break;
  }
  sameNames(world, `${shop.tenant.merchant} GET /orders`, expected, listed);
}

async function checkOrderList(
  world: World,
  shop: Shop,
  all: readonly StoredOrder[],
): Promise<void> {
  // What is paid out is no order to HighLevel.
  const orders = all.filter(({ intent }) => intent === 'sale' || intent === 'hold');
  const listed: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const path = `/payments/orders?limit=${PAGE}&offset=${offset}`;
    const { data, totalCount } = await highLevel(world, shop, path);
    const rows = data as { _id: string }[];
    listed.push(...rows.map((row) => row._id));
    if (totalCount !== orders.length) {
      world.fail(`${shop.location} has ${orders.length} orders, the list counts ${totalCount}`);
    }
    if (rows.length < PAGE) break;
  }
  const expected = orders.map(({ uuid }) => objectIdFromUuid(uuid) ?? '');
  sameNames(world, `${shop.location} GET /payments/orders`, expected, listed);
}

async function checkSubscriptionList(world: World, shop: Shop): Promise<void> {
  const { merchant } = shop.tenant;
  const all = storedOf<Subscription>(world.engine, 'SUBSCRIPTION');
  const expected = all.filter((one) => one.merchant === merchant).map(({ id }) => id);
  const listed: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const path = `/payments/subscriptions?limit=${PAGE}&offset=${offset}`;
    const { data, totalCount } = await highLevel(world, shop, path);
    const rows = data as { _id: string }[];
    listed.push(...rows.map((row) => row._id));
    if (totalCount !== expected.length) {
      world.fail(`${merchant} has ${expected.length} subscriptions, the list counts ${totalCount}`);
    }
    if (rows.length < PAGE) break;
  }
  sameNames(world, `${shop.location} GET /payments/subscriptions`, expected, listed);
}

/** What is found by how it stands, in an index that follows its orders, and payments by number. */
async function checkFilters(world: World, shop: Shop, all: readonly StoredOrder[]): Promise<void> {
  const orders = all.filter(({ intent }) => intent === 'sale' || intent === 'hold');
  for (const [state, status] of Object.entries(PAYMENT_STATUSES)) {
    const expected = orders.filter((order) => stateOf(order).payment === state).length;
    const list = await highLevel(world, shop, `/payments/orders?paymentStatus=${status}`);
    if (list.totalCount !== expected) {
      world.fail(`${shop.location} has ${expected} ${status} orders, not ${list.totalCount}`);
    }
  }
  const payments = orders.flatMap((order) => order.transactions).filter(isPayment).length;
  const { totalCount } = await highLevel(world, shop, '/payments/transactions?limit=1');
  if (totalCount !== payments) {
    world.fail(`${shop.location} has ${payments} payments, the list counts ${totalCount}`);
  }
}

async function checkFaces(world: World, shop: Shop, order: StoredOrder): Promise<void> {
  const { order: shown } = await paylands(world, shop, `/order/${order.uuid}`);
  const { amount, refunded } = shown as { amount: number; refunded: number };
  const other = await highLevel(world, shop, `/payments/orders/${objectIdFromUuid(order.uuid)}`);
  if (amount !== order.amount || refunded !== order.refunded) {
    world.fail(`Paylands shows ${amount}, ${refunded} refunded of order ${order.uuid}`);
  }
  if (Math.round(Number(other.amount) * 100) !== order.amount) {
    world.fail(`HighLevel shows ${other.amount} of order ${order.uuid}`);
  }
}

function sameNames(world: World, list: string, expected: string[], listed: string[]): void {
  const missing = expected.filter((name) => !listed.includes(name));
  const tooMany = listed.filter((name) => !expected.includes(name));
  if (missing.length > 0) world.fail(`${list} lacks ${missing.join(', ')}`);
  if (tooMany.length > 0) world.fail(`${list} has besides ${tooMany.join(', ')}`);
  if (new Set(listed).size < listed.length) world.fail(`${list} shows a row twice`);
}

function paylands(world: World, shop: Shop, path: string): Promise<Record<string, unknown>> {
  return get(world, `/v1/sandbox${path}`, { authorization: `Bearer ${shop.apiKey}` });
}

function highLevel(world: World, shop: Shop, path: string): Promise<Record<string, unknown>> {
  const query = `${path.includes('?') ? '&' : '?'}altId=${shop.location}&altType=location`;
  const headers = { authorization: `Bearer ${shop.token}`, version: '2021-07-28' };
  return get(world, path + query, headers);
}

async function get(
  world: World,
  path: string,
  headers: Record<string, string>,
): Promise<Record<string, unknown>> {
  const answer = await world.gateway.handle({ method: 'GET', path, headers, body: null });
  if (answer.status !== 200) world.fail(`GET ${path} is ${answer.status}: ${answer.body}`);
  return answer.status === 200 ? JSON.parse(answer.body) : {};
}
