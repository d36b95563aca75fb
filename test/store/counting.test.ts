import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { countLists } from '#administration/count-lists.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';
import { PACE } from '#store/lists/pace.ts';
import { FaultyAcquirer } from '#test/support/faulty-acquirer.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';
import { startLedger, type TestLedger } from '#test/support/ledger.ts';
import { paced } from '#test/support/pace.ts';
import { expectExact, MINUTE_MS, Shop, step, take } from './shop.ts';

// Counts of few entries are broken off, as those of many are.
paced({ entriesAPass: 30, lookMs: 5 });

let dynamo: FaultyDynamo;
let ledger: TestLedger;
let client: DynamoDBClient;
/** Whose writes of the book fare as a test says. */
let unlucky: LedgerStore;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  ledger = await startLedger(new FaultyAcquirer(), dynamo.engine);
  client = dynamoClient(dynamo.endpoint);
  unlucky = ledgerStore(client, 'ledger');
});
afterAll(async () => {
  client.destroy();
  await ledger.stop();
  await dynamo.stop();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const IN_A_HURRY = { remainingMs: () => 0 };

/** A shop with so many orders, one a second, of which every other is paid; all of it is settled. */
async function shopOf(count: number): Promise<Shop> {
  const shop = new Shop(ledger, await ledger.newMerchant(), Date.now());
  for (let index = 0; index < count; index += 1) {
    shop.pass(1000);
    await shop.create(0);
    if (index % 2 === 1) await shop.change(index - 1, 'paid');
  }
  shop.pass(2 * MINUTE_MS);
  return shop;
}

/** The number of orders that a request gets whose time is over, or null when it has to come again. */
async function inAHurry(
  { merchant }: Shop,
  store: LedgerStore = ledger.runtime.store,
): Promise<number | null> {
  const page = { fromMs: null, toMs: null, offset: 0, limit: 1, deadline: IN_A_HURRY };
  try {
    return (await store.orders(merchant, page, {})).total;
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'list_being_counted') return null;
    throw error;
  }
}

interface Call {
  name: string;
  /** Of the index that is read. */
  index: string | undefined;
}

/** A store of which a test hears each call, before it is made and when it is answered. */
function watched(hear: (call: Call, when: 'before' | 'after') => void | Promise<void>) {
  const client: DynamoDBClient = dynamoClient(dynamo.engine);
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (sent) => {
        const index = (sent.input as { IndexName?: string }).IndexName;
        const call = { name: commandName ?? '', index };
        await hear(call, 'before');
        const answer = await next(sent);
        await hear(call, 'after');
        return answer;
      },
    { step: 'initialize' },
  );
  return ledgerStore(client, 'ledger');
}

test('however often counting is broken off, every list is exact at every moment', async () => {
  const broken = fc.record({
    does: fc.constant('hurry' as const),
    // Of the reader's clock, which differs from those of writers.
    aheadMs: fc.constantFrom(-40_000, 0, 30_000),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(step, broken, broken), { maxLength: 14 }), async (steps) => {
      const shop = new Shop(ledger, await ledger.newMerchant(), Date.now());
      for (const one of steps) {
        if (one.does !== 'hurry') {
          await take(shop, one);
          continue;
        }
        vi.setSystemTime(shop.nowMs + one.aheadMs);
        expect([null, shop.orders.length]).toContain(await inAHurry(shop));
        vi.setSystemTime(shop.nowMs);
      }
      await expectExact(shop, 0);
    }),
    { numRuns: 20 },
  );
}, 120_000);

test('requests that run out of time leave what they counted, and come to the end', async () => {
  const shop = await shopOf(150);
  // Thirty at a time; what has been counted, or not yet, moves before the next one goes on.
  for (let refused = 0; refused < 4; refused += 1) {
    expect(await inAHurry(shop)).toBeNull();
    await shop.change(refused, 'refunded');
    await shop.change(149 - refused, 'refunded');
  }
  expect(await inAHurry(shop)).toBe(150);
  await expectExact(shop, 60);
  shop.pass(2 * MINUTE_MS);
  await expectExact(shop, 60);
});

test('whoever has time counts pass by pass to the end, and nobody has to wait then', async () => {
  const shop = await shopOf(130);
  const counted = await countLists(ledger.runtime.store, shop.merchant);
  expect(counted).toEqual({ orders: 130, payments: 0, subscriptions: 0 });
  expect(await inAHurry(shop)).toBe(130);
  await expectExact(shop, 100);
});

test('readers at the same time leave it to one of them, and wait', async () => {
  const shop = await shopOf(200);
  let queries = 0;
  const stores = Array.from({ length: 8 }, () =>
    watched(({ index }, when) => {
      if (index === 'journal' && when === 'before') queries += 1;
    }),
  );
  const page = { fromMs: null, toMs: null, offset: 0, limit: 1 };
  const found = await Promise.all(stores.map((store) => store.orders(shop.merchant, page, {})));
  expect(found.map(({ total }) => total)).toEqual(Array(8).fill(200));
  // Three for each of seven passes; the first one all begin with.
  expect(queries).toBeLessThan(8 * 3 + 6 * 3 + 2 * 8);
  await expectExact(shop, 190);
});

test('while somebody counts, who cannot wait is told to come again', async () => {
  const shop = await shopOf(70);
  const dies = watched(async ({ name }, when) => {
    // After the first pass.
    if (name === 'PutItemCommand' && when === 'after') puts += 1;
    if (puts === 2) throw new Error('Died');
  });
  let puts = 0;
  const page = { fromMs: null, toMs: null, offset: 0, limit: 1 };
  await expect(dies.orders(shop.merchant, page, {})).rejects.toThrow('Died');
  expect(await inAHurry(shop)).toBeNull();
  expect(await inAHurry(shop)).toBeNull();
  shop.pass(PACE.turnMs);
  // The turn is over: one more pass, and the rest.
  expect(await inAHurry(shop)).toBeNull();
  expect(await inAHurry(shop)).toBe(70);
});

const DEATHS = (['before', 'after'] as const).map((when) => ({ when }));

test.each(DEATHS)(
  'whoever counts may die $when any write',
  async ({ when }) => {
    let deaths = 0;
    for (let fatal = 1; ; fatal += 1) {
      const shop = await shopOf(70);
      let writes = 0;
      const dies = watched(({ name }, at) => {
        if (/^(Put|Delete)/.test(name) && at === when) writes += 1;
        if (writes >= fatal) throw new Error('Died');
      });
      const page = { fromMs: null, toMs: null, offset: 0, limit: 1 };
      const isDead = await dies.orders(shop.merchant, page, {}).then(
        () => false,
        () => true,
      );
      if (isDead) deaths += 1;
      await shop.change(3, 'refunded');
      await shop.change(69, 'paid');
      shop.pass(PACE.turnMs);
      await expectExact(shop, 50);
      shop.pass(2 * MINUTE_MS);
      await expectExact(shop, 50);
      if (!isDead) break;
    }
    // Three books, with a day each that replaces one.
    expect(deaths).toBeGreaterThanOrEqual(8);
  },
  60_000,
);

test('what moves while it is counted is counted once', async () => {
  const shop = await shopOf(70);
  let next = 0;
  const store = watched(async ({ index }, when) => {
    if (index !== 'journal' || when === 'before') return;
    shop.pass(10);
    await shop.change(next, 'refunded');
    await shop.change(30 + next, 'paid');
    next += 1;
  });
  await store.orders(shop.merchant, { fromMs: null, toMs: null, offset: 0, limit: 1 }, {});
  expect(next).toBeGreaterThan(5);
  await expectExact(shop, 0);
  shop.pass(2 * MINUTE_MS);
  await expectExact(shop, 0);
});

test('counters whose clocks differ count what moves between their times once', async () => {
  const shop = await shopOf(100);
  for (let index = 0; index < 5; index += 1) await shop.change(index, 'refunded');
  shop.pass(45_000);
  // For the one ahead these have moved long ago, for the next one not yet.
  vi.setSystemTime(shop.nowMs + 30_000);
  expect(await inAHurry(shop)).toBeNull();
  vi.setSystemTime(shop.nowMs);
  expect(await inAHurry(shop)).toBeNull();
  await expectExact(shop, 60);
  shop.pass(2 * MINUTE_MS);
  await expectExact(shop, 60);
});

/** What becomes of the writes of the book, the first of which may fare otherwise. */
function onBook(...faults: Parameters<FaultyDynamo['onTransaction']>[0][]): void {
  let written = 0;
  dynamo.onTransaction((body) => {
    if (!body.includes('"sk":{"S":"BOOK"}')) return 'none';
    written += 1;
    return faults[written - 1]?.(body) ?? 'none';
  });
}

test('a book whose answer is lost is the one that was written', async () => {
  const shop = await shopOf(70);
  onBook(
    () => 'answer_lost',
    () => 'none',
    () => 'answer_lost',
    () => 'none',
    () => 'answer_lost',
  );
  await expectExact(shop, 0, unlucky);
  dynamo.calm();
  await expectExact(shop, 60);
});

test('a book that arrives when others have gone on is not written', async () => {
  const shop = await shopOf(70);
  onBook(
    () => 'arrives_later',
    () => 'arrives_later',
    () => 'arrives_later',
  );
  await expect(inAHurry(shop, unlucky)).rejects.toThrow();
  dynamo.calm();
  await expectExact(shop, 0);
  expect(await dynamo.deliver()).toBe(0);
  await expectExact(shop, 60);
});
