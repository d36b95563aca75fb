import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Card } from '#ledger/cards/card.ts';
import { mintUuid, objectIdFromUuid } from '#ledger/core/ids.ts';
import type { Merchant, Tenant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import { stateOf, withStanding } from '#ledger/orders/order-state.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import { withChannel } from '#ledger/subscriptions/subscription.ts';
import { dynamoClient } from '#store/core/client.ts';
import { DICTIONARY } from '#store/core/dictionary.ts';
import { type Attributes, item, textIn, valueIn } from '#store/core/items.ts';
import { partsOf, shortPrefix } from '#store/core/keys.ts';
import { SCHEMA_VERSION } from '#store/core/schema.ts';
import { upgradeLedger } from '#store/orders/upgrade.ts';
import { FaultyAcquirer } from '#test/support/faulty-acquirer.ts';
import { startLedger, type TestLedger } from '#test/support/ledger.ts';
import { newOrder } from '#test/support/orders.ts';

interface Fixture {
  table: 'ledger' | 'access';
  item: Attributes;
}

/** Items as version 0, which had no number yet, wrote them: some of every kind. */
const FIXTURES = itemsIn('items-v0.json');

/** Those of a merchant's lists and their books as version 1 wrote them. */
const LISTED = itemsIn('items-v1.json').map((one) => one.item);
const LEDGER = FIXTURES.filter((one) => one.table === 'ledger').map((one) => one.item);

function itemsIn(file: string): Fixture[] {
  const text = readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8');
  const fixtures: Fixture[] = JSON.parse(text);
  for (const { item: one } of fixtures) {
    for (const value of Object.values(one)) {
      if (value.B !== undefined) value.B = Buffer.from(String(value.B), 'base64');
    }
  }
  return fixtures;
}

const valuesOf = <T>(isWanted: (sk: string) => boolean): T[] =>
  LEDGER.filter((one) => isWanted(one.sk?.S ?? ''))
    .map((one) => valueIn<T>(one))
    .filter((value) => value !== null);

async function putAll(client: DynamoDBClient, items: readonly Attributes[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25) {
    const requests = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { ledger: requests } }));
  }
}

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await startLedger(new FaultyAcquirer());
  const client = dynamoClient(ledger.endpoint);
  await putAll(client, LEDGER);
  client.destroy();
});
afterAll(() => ledger.stop());

describe('items of version 0', () => {
  test('are of every kind that is read by its identity', () => {
    const sorts = new Set(LEDGER.map((one) => one.sk?.S?.split('#')[0] ?? ''));
    for (const sort of ['ORDER', 'NOTIFICATION', 'CARD', 'CUSTOMER', 'REPLAY', 'SUBSCRIPTION']) {
      expect(sorts).toContain(sort);
    }
  });

  test('have no field under a name of then', () => {
    for (const { item: one } of FIXTURES) {
      const names = JSON.stringify(valueIn(one) ?? {});
      expect(names).not.toMatch(/"(sale|terms|ownClock)":[^"]/);
    }
  });

  test('that are orders have the fields of orders of today', () => {
    const orders = valuesOf<Order>((sk) => sk === 'ORDER');
    const told = valuesOf<Notification>((sk) => sk.startsWith('NOTIFICATION#'));
    expect(orders.length).toBeGreaterThan(10);
    const ordersTold = told.map((one) => one.order).filter((one) => one !== null);
    for (const order of [...orders, ...ordersTold]) {
      expect(Object.keys(order).sort()).toEqual(Object.keys(newOrder()).sort());
      for (const transaction of order.transactions) {
        expect(transaction.conditions).toHaveProperty('securityCode');
      }
    }
  });

  test('that are cards say with which service they paid, which nobody knew', () => {
    for (const card of valuesOf<Card>((sk) => sk === 'CARD')) {
      expect(card).toMatchObject({ paidWith: null, tokenizedWith: null });
    }
  });

  test('that are merchants have their clock', () => {
    const merchants = FIXTURES.filter((one) => one.item.pk?.S === 'MERCHANTS');
    expect(merchants.length).toBeGreaterThan(0);
    for (const { item: one } of merchants) {
      expect(typeof valueIn<Merchant>(one)?.testClock).toBe('boolean');
    }
  });

  test('are read by the store, and written again as of today', async () => {
    const { store } = ledger.runtime;
    for (const one of LEDGER.filter(({ sk }) => sk?.S === 'ORDER')) {
      const { tenant, uuid } = placeOf(one);
      const { order } = await store.history(tenant, uuid);
      if (order === null) throw new Error('The order is not found');
      const described = { ...order, version: order.version + 1, description: 'Written again' };
      const next = withStanding(described, Date.now());
      const due = { kind: 'none' } as const;
      await store.commit(tenant, [{ change: 'order', order: next, due, testClock: false }]);
      expect(await store.read(tenant, { order: uuid })).toEqual({ order: next });
    }
    for (const one of LEDGER.filter(({ sk }) => sk?.S === 'CARD')) {
      const { tenant, uuid } = placeOf(one);
      const { card } = await store.read(tenant, { card: uuid });
      expect(card?.uuid).toBe(uuid);
      expect(await store.cardsOf(tenant, card?.customer ?? '')).toContainEqual(card);
    }
  });
});

describe('lists of version 1', () => {
  const page = { fromMs: null, toMs: null, limit: 100, offset: 0 };
  const paid = { stage: 'completed', payment: 'paid' } as const;
  const open = { stage: 'open', payment: 'unpaid' } as const;

  async function written(): Promise<{ merchant: Merchant; orders: Order[] }> {
    const merchant = await ledger.newMerchant();
    const client = dynamoClient(ledger.endpoint);
    await putAll(
      client,
      LISTED.map((one) => ofMerchant(one, merchant)),
    );
    client.destroy();
    const orders = LISTED.filter(({ sk }) => sk?.S === 'ORDER').map((one) => valueIn<Order>(one));
    return { merchant, orders: orders.filter((order) => order !== null) };
  }

  async function expectExact(merchant: Merchant, orders: readonly Order[]): Promise<void> {
    const { store } = ledger.runtime;
    const newest = orders
      .map(({ uuid }) => uuid)
      .sort()
      .reverse();
    const all = await store.orders(merchant, page, {});
    expect(all.total).toBe(orders.length);
    expect(all.entries.map(({ uuid }) => uuid)).toEqual(newest);
    const deep = await store.orders(merchant, { ...page, offset: 5, limit: 3 }, {});
    expect(deep.entries.map(({ uuid }) => uuid)).toEqual(newest.slice(5, 8));
    for (const state of [paid, open]) {
      const { total } = await store.orders(merchant, page, { states: [state] });
      const inState = orders.filter((order) => stateOf(order).stage === state.stage);
      expect(total).toBe(inState.length);
    }
    for (const channelType of ['website', 'funnel']) {
      const { entries, total } = await store.payments(merchant, page, { channelType });
      const ofChannel = orders.filter(
        (order) => order.purchase?.channel.type === channelType && order.transactions.length > 0,
      );
      expect(total).toBe(ofChannel.length);
      expect(entries.length).toBe(ofChannel.length);
    }
  }

  test('are exact as they are, and once some orders are written again and others added', async () => {
    const { store } = ledger.runtime;
    const { merchant, orders } = await written();
    expect(orders.length).toBe(12);
    await expectExact(merchant, orders);
    const due = { kind: 'none' } as const;
    for (const { uuid } of orders) {
      const { order } = await store.read(merchant, { order: uuid });
      if (order === null) throw new Error('The order is not found');
      const again = { ...order, version: order.version + 1, description: 'Written again' };
      await store.commit(merchant, [{ change: 'order', order: again, due, testClock: false }]);
    }
    // They stay where they have been counted, while nothing else is of their channels.
    await expectExact(merchant, orders);
    const next: Order[] = [];
    for (const { uuid } of orders) {
      const { order } = await store.read(merchant, { order: uuid });
      if (order === null) throw new Error('The order is not found');
      const changed = order.status === 'created' ? { status: 'paid' as const, captured: 1000 } : {};
      next.push(withStanding({ ...order, ...changed, version: order.version + 1 }, Date.now()));
      const purchase = order.purchase;
      next.push(withStanding(newOrder({ uuid: mintUuid(Date.now()), purchase }), Date.now()));
    }
    for (const order of next) {
      await store.commit(merchant, [{ change: 'order', order, due, testClock: false }]);
    }
    await expectExact(merchant, next);
  });

  test('find subscriptions by channel and word as they are, upgraded, and changed', async () => {
    const { store } = ledger.runtime;
    const { merchant } = await written();
    const expectFound = async (website: number, funnel: number, other: number) => {
      for (const [channelType, count] of Object.entries({ website, funnel, other })) {
        const found = await store.subscriptions(merchant, page, { channelType });
        expect(found.total).toBe(count);
        expect(found.entries.length).toBe(count);
      }
      expect((await store.subscriptions(merchant, page, { text: 'tea lee' })).total).toBe(4);
      expect((await store.subscriptions(merchant, page, {})).total).toBe(4);
    };
    await expectFound(2, 2, 0);
    const client = dynamoClient(ledger.endpoint);
    await upgradeLedger(client, 'ledger');
    await expectFound(2, 2, 0);
    expect(await upgradeLedger(client, 'ledger')).toBe(0);
    client.destroy();
    const [before] = (await store.subscriptions(merchant, page, { channelType: 'website' }))
      .entries;
    if (before === undefined) throw new Error('There is one');
    const changed = {
      ...before,
      version: before.version + 1,
      channel: { ...before.channel, type: 'other' },
      contact: { id: 'c', name: 'Zoe Lee', email: null, details: {} },
    };
    const subscription = withChannel(changed, Date.now());
    await store.commit(merchant, [{ change: 'subscription', subscription, before }]);
    await expectFound(1, 2, 1);
    expect((await store.subscriptions(merchant, page, { text: 'ann' })).total).toBe(3);
    expect((await store.subscriptions(merchant, page, { text: 'zoe' })).total).toBe(1);
  });

  test('come into the books of today without a change of what they count', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { merchant, orders } = await written();
    const due = { kind: 'none' } as const;
    const more = Array.from({ length: 220 }, (_, index) => {
      const [purchase = null] = orders.flatMap((order) => order.purchase ?? []);
      const uuid = mintUuid(Date.parse('2026-10-01T13:00:00Z') + index * 70);
      return withStanding(
        newOrder({ uuid, purchase: index % 2 === 0 ? purchase : null }),
        Date.now(),
      );
    });
    await Promise.all(
      more.map((order) =>
        ledger.runtime.store.commit(merchant, [{ change: 'order', order, due, testClock: false }]),
      ),
    );
    vi.setSystemTime(Date.now() + 120_000);
    const { store } = ledger.runtime;
    const newest = [...orders, ...more]
      .map(({ uuid }) => uuid)
      .sort()
      .reverse();
    for (const offset of [0, 150, 0]) {
      const { entries, total } = await store.orders(merchant, { ...page, offset }, {});
      expect(total).toBe(232);
      expect(entries.map(({ uuid }) => uuid)).toEqual(newest.slice(offset, offset + 100));
    }
    vi.useRealTimers();
  });
});

/** An item of the fixtures' merchant as one of another merchant. */
function ofMerchant(one: Attributes, { merchant }: Merchant): Attributes {
  const { tenant } = partsOf({ pk: one.pk?.S ?? '', sk: '' });
  const names = [
    [tenant.merchant, merchant],
    [shortPrefix(tenant), shortPrefix({ ...tenant, merchant })],
  ] as const;
  return Object.fromEntries(
    Object.entries(one).map(([name, value]) => {
      if (value.S === undefined) return [name, value];
      return [name, { S: names.reduce((text, [from, to]) => text.replaceAll(from, to), value.S) }];
    }),
  );
}

describe('an upgrade', () => {
  test('lists what version 0 has written, and leaves nothing of its lists', async () => {
    const { store } = ledger.runtime;
    const client = dynamoClient(ledger.endpoint);
    await putAll(client, LEDGER);
    expect(await upgradeLedger(client, 'ledger')).toBeGreaterThan(20);
    expect(await upgradeLedger(client, 'ledger')).toBe(0);
    client.destroy();
    const page = { fromMs: null, toMs: null, limit: 100, offset: 0 };
    for (const one of LEDGER) {
      const { tenant, uuid } = placeOf(one);
      const text = one.sk?.S ?? '';
      if (text === 'ORDER' && !['payout', 'transfer'].includes(valueIn<Order>(one)?.intent ?? '')) {
        const { entries, total } = await store.orders(tenant, page, {});
        expect(entries.map((order) => order.uuid)).toContain(uuid);
        expect(total).toBe(entries.length);
      }
      if (one.pk?.S?.endsWith('#TRANSACTIONS')) {
        const rows = await store.transactions(tenant, { ...page, terminal: null });
        expect(rows.map((row) => objectIdFromUuid(row.transaction.uuid))).toContain(text);
      }
      if (text !== 'SUBSCRIPTION') continue;
      const { entries, total } = await store.subscriptions(tenant, page, {});
      expect(total).toBe(entries.length);
      expect(total).toBeGreaterThan(0);
    }
  });
});

function placeOf(one: Attributes): { tenant: Tenant; uuid: string } {
  const { tenant, parts } = partsOf({ pk: one.pk?.S ?? '', sk: '' });
  return { tenant, uuid: parts[1] ?? '' };
}

describe('what is written today', () => {
  const key = { pk: 'pk', sk: 'sk' };

  test('says its version', () => {
    expect(item(key, { short: true }).v).toEqual({ N: String(SCHEMA_VERSION) });
  });

  test('is kept plain while it is short, and a quarter of its size when it is long', () => {
    expect(textIn(item(key, { short: true }))).toBe('{"short":true}');
    const order = { ...newOrder(), transactions: [] };
    const written = item(key, order);
    expect(written.data).toBeUndefined();
    expect(written.packed?.B?.length).toBeLessThan(JSON.stringify(order).length / 2.5);
    expect(valueIn(written)).toEqual(order);
  });

  test('is compressed with the dictionary that all compressed items need', () => {
    const digest = createHash('sha256').update(DICTIONARY).digest('hex');
    expect(digest).toBe('9bba7eb7d2f8ef94cd42e3e700503cff3ad31b2785853386890a615efdbfa7fc');
  });
});
