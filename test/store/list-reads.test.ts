import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine } from '#infra/local/engine.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { listed } from '#ledger/payments/stage-outcome.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';
import { OrderReader } from '#store/orders/order-reader.ts';
import { type CountingProxy, startCountingProxy } from '#test/bench/counting-proxy.ts';
import { listItems, saleItems, subscriptionItems, TERMINAL } from '#test/bench/list-items.ts';
import { seed } from '#test/bench/lists.ts';
import { FaultyAcquirer } from '#test/support/faulty-acquirer.ts';
import { startLedger, type TestLedger } from '#test/support/ledger.ts';
import { newOrder, newTransaction } from '#test/support/orders.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let proxy: CountingProxy;
let ledger: TestLedger;
/** Of the engine itself: nobody asks what the writes of a preparation cost. */
let direct: DynamoDBClient;

beforeAll(async () => {
  engine = await startEngine(null);
  proxy = await startCountingProxy(engine.endpoint);
  ledger = await startLedger(new FaultyAcquirer(), proxy.url);
  direct = dynamoClient(engine.endpoint);
});
afterAll(async () => {
  direct.destroy();
  await ledger.stop();
  proxy.stop();
  await engine.stop();
});

const HOUR_MS = 3_600_000;

/** More at once would wait for a slow machine longer than a request may. */
const AT_A_TIME = 16;

/** So many orders, one an hour, of which every n-th is paid; the paid ones, newest first. */
async function sell(
  merchant: Merchant,
  count: number,
  every: number,
  stepMs = HOUR_MS,
): Promise<string[]> {
  const now = Date.now();
  const made = Array.from({ length: count }, (_, index) => {
    const timeMs = now - (index + 1) * stepMs;
    const at = new Date(timeMs).toISOString();
    const isPaid = index % every === 0;
    const transaction = newTransaction({ uuid: mintUuid(timeMs), createdAt: at, updatedAt: at });
    const order = newOrder({
      uuid: mintUuid(timeMs),
      createdAt: at,
      ...(isPaid ? { status: 'paid', captured: 1000, transactions: [transaction] } : {}),
    });
    return { order, isPaid, transaction };
  });
  const store = ledgerStore(direct, 'ledger');
  for (let start = 0; start < count; start += AT_A_TIME) {
    await Promise.all(
      made
        .slice(start, start + AT_A_TIME)
        .map(({ order, isPaid, transaction }) =>
          store.commit(merchant, [
            { change: 'order', order, due: { kind: 'none' }, testClock: false },
            ...(isPaid ? [listed(order, transaction)] : []),
          ]),
        ),
    );
  }
  return made.filter((one) => one.isPaid).map((one) => one.order.uuid);
}

const PAGE = { fromMs: null, toMs: null, limit: 100, offset: 0 };

/** The orders of a page of payments, and what it costs once all has been counted. */
async function pageOf(merchant: Merchant, part: Partial<typeof PAGE> = {}) {
  const page = { ...PAGE, ...part };
  await ledger.runtime.store.payments(merchant, page, {});
  proxy.take();
  const { entries } = await ledger.runtime.store.payments(merchant, page, {});
  const { readUnits } = proxy.take();
  return { orders: entries.map(({ order }) => order.uuid), readUnits };
}

test('a page of payments reads their orders in a row, not each apart', async () => {
  const merchant = await ledger.newMerchant();
  const paid = await sell(merchant, 120, 1);
  const { orders, readUnits } = await pageOf(merchant);
  expect(orders).toEqual(paid.slice(0, 100));
  expect(readUnits).toBeLessThanOrEqual(30);
});

test('where every second order is paid a page still costs less than each apart', async () => {
  const merchant = await ledger.newMerchant();
  const paid = await sell(merchant, 220, 2);
  const { orders, readUnits } = await pageOf(merchant);
  expect(orders).toEqual(paid.slice(0, 100));
  expect(readUnits).toBeLessThanOrEqual(30);
});

test('where few orders are paid no more of the others are read than of those wanted', async () => {
  const merchant = await ledger.newMerchant();
  const paid = await sell(merchant, 400, 10);
  const { orders, readUnits } = await pageOf(merchant);
  expect(orders).toEqual(paid);
  expect(readUnits).toBeLessThanOrEqual(35);
});

test('payments of a channel that few orders came by are read in a row with their orders', async () => {
  const merchant = await ledger.newMerchant();
  await seed(engine.endpoint, saleItems('ledger', merchant, 2000, 0));
  const { store } = ledger.runtime;
  const website = { channelType: 'website' };
  await store.payments(merchant, PAGE, website);
  proxy.take();
  const { entries, total } = await store.payments(merchant, PAGE, website);
  expect(total).toBe(200);
  expect(entries.length).toBe(100);
  expect(entries.every(({ order }) => order.purchase?.channel.type === 'website')).toBe(true);
  expect(proxy.take().readUnits).toBeLessThanOrEqual(25);

  const deep = { ...PAGE, offset: 300 };
  await store.orders(merchant, deep, {});
  proxy.take();
  const all = await store.orders(merchant, deep, {});
  expect(all.total).toBe(2000);
  expect(all.entries.filter((order) => order.purchase !== null).length).toBe(10);
  expect(proxy.take().readUnits).toBeLessThanOrEqual(15);
});

test('a page deep within a day costs what one at its beginning does', async () => {
  const merchant = await ledger.newMerchant();
  const paid = await sell(merchant, 300, 1, 3 * 60_000);
  const first = await pageOf(merchant, { limit: 20 });
  const deep = await pageOf(merchant, { limit: 20, offset: 250 });
  expect(deep.orders).toEqual(paid.slice(250, 270));
  expect(deep.readUnits).toBeLessThanOrEqual(first.readUnits + 2);
});

test('an order that the index has an old version of is read apart', async () => {
  const merchant = await ledger.newMerchant();
  const paid = await sell(merchant, 10, 1);
  const client = dynamoClient(proxy.url);
  const reader = new OrderReader(client, 'ledger', merchant);
  const [stale, ...fresh] = paid;
  proxy.take();
  const byChannel = new Map([['', paid]]);
  const found = await reader.neighbours(byChannel, (order) => order.uuid !== stale);
  expect(proxy.take().calls).toEqual({ Query: 1, BatchGetItem: 1 });
  expect(found.map((order) => order.uuid)).toEqual([...fresh, stale]);
  client.destroy();
});

test('rows of a terminal are read by themselves; an offset reads its day', async () => {
  const merchant = await ledger.newMerchant();
  await seed(engine.endpoint, listItems('ledger', merchant, 3000, mintUuid));
  const page = { ...PAGE, limit: 101 };
  const ofTerminal = { ...page, terminal: TERMINAL };
  await ledger.runtime.store.transactions(merchant, ofTerminal);
  proxy.take();
  const rows = await ledger.runtime.store.transactions(merchant, ofTerminal);
  expect(rows.length).toBe(101);
  expect(new Set(rows.map((row) => row.order.service.terminal))).toEqual(new Set([TERMINAL]));
  const { readUnits, calls } = proxy.take();
  // Nine in ten rows are of other terminals.
  expect(readUnits).toBeLessThanOrEqual(12);
  expect(calls).toEqual({ GetItem: 1, BatchGetItem: 1, Query: 2 });

  const deep = { ...page, offset: 2000, terminal: null };
  expect((await ledger.runtime.store.transactions(merchant, deep)).length).toBe(101);
  expect(proxy.take().calls).toEqual({ GetItem: 1, BatchGetItem: 1, Query: 2 });
});

test('a page deep within a busy minute costs little more than the first one', async () => {
  const merchant = await ledger.newMerchant();
  // As many in ten seconds as 100,000 in an hour are, and all of them settled.
  const toMs = Date.now() - 5 * 60_000;
  const when = { fromMs: toMs - 216_000, toMs };
  await seed(engine.endpoint, listItems('ledger', merchant, 6000, mintUuid, when));
  const { store } = ledger.runtime;
  const first = { ...PAGE, offset: 0, terminal: null };
  await store.transactions(merchant, { ...first, offset: 1 });
  proxy.take();
  const all: string[] = [];
  for (let offset = 0; offset < 6000; offset += 100) {
    const rows = await store.transactions(merchant, { ...first, offset });
    const { readUnits } = proxy.take();
    all.push(...rows.map((row) => row.transaction.uuid));
    expect(rows.length).toBe(100);
    expect(readUnits).toBeLessThanOrEqual(14);
  }
  expect(new Set(all).size).toBe(6000);

  const ofTerminal = { ...first, offset: 300, terminal: TERMINAL };
  expect((await store.transactions(merchant, ofTerminal)).length).toBe(100);
  expect(proxy.take().readUnits).toBeLessThanOrEqual(14);
});

test('rows that were written before terminals had an index are read through, not day by day', async () => {
  const merchant = await ledger.newMerchant();
  const items = [...listItems('ledger', merchant, 3000, mintUuid)];
  await seed(
    engine.endpoint,
    items.map(({ listKey: _key, listSort: _sort, ...item }) => item),
  );
  const ofTerminal = { ...PAGE, limit: 101, terminal: TERMINAL };
  await ledger.runtime.store.transactions(merchant, ofTerminal);
  proxy.take();
  const rows = await ledger.runtime.store.transactions(merchant, ofTerminal);
  expect(rows.length).toBe(101);
  expect(new Set(rows.map((row) => row.order.service.terminal))).toEqual(new Set([TERMINAL]));
  expect(proxy.take().readUnits).toBeLessThanOrEqual(65);
});

test('counts that a cheap read does not find yet are read again, consistently', async () => {
  const merchant = await ledger.newMerchant();
  const client = dynamoClient(engine.endpoint);
  await seed(engine.endpoint, listItems('ledger', merchant, 300, mintUuid));
  const page = { ...PAGE, limit: 10, offset: 200, terminal: null };
  const expected = await ledger.runtime.store.transactions(merchant, page);
  expect(expected.length).toBe(10);
  let missed = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if (context.commandName !== 'BatchGetItemCommand') return result;
      missed += 1;
      return { ...result, output: { ...result.output, Responses: {} } };
    },
    { step: 'initialize' },
  );
  const store = ledgerStore(client, 'ledger');
  expect(await store.transactions(merchant, page)).toEqual(expected);
  expect(missed).toBe(1);
  client.destroy();
});

test('subscriptions of a channel, and those with a word, cost what is found of them', async () => {
  const merchant = await ledger.newMerchant();
  await seed(engine.endpoint, subscriptionItems('ledger', merchant, 2000, 20));
  const { store } = ledger.runtime;
  const website = { channelType: 'website' };
  const deep = { ...PAGE, offset: 100 };
  await store.subscriptions(merchant, deep, website);
  proxy.take();
  const { entries, total } = await store.subscriptions(merchant, deep, website);
  expect(total).toBe(200);
  expect(entries.length).toBe(100);
  expect(entries.every(({ channel }) => channel.type === 'website')).toBe(true);
  expect(proxy.take().readUnits).toBeLessThanOrEqual(20);
  const named = await store.subscriptions(merchant, PAGE, { text: 'rarew' });
  expect(named.total).toBe(20);
  expect(named.entries.length).toBe(20);
  expect(proxy.take().readUnits).toBeLessThanOrEqual(20);
});
