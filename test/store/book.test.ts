import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FaultyAcquirer } from '#test/support/faulty-acquirer.ts';
import { startLedger, type TestLedger } from '#test/support/ledger.ts';
import { scan } from '#test/support/scan.ts';
import { expectExact, MINUTE_MS, Shop, step, take } from './shop.ts';

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await startLedger(new FaultyAcquirer());
  process.env.DYNAMODB_ENDPOINT = ledger.endpoint;
});
afterAll(() => ledger.stop());

test('whatever is written in whatever order, every list is exact at every moment', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const shop = new Shop(ledger, await ledger.newMerchant(), Date.now());
      for (const one of steps) await take(shop, one);
      await expectExact(shop, 0);
    }),
    { numRuns: 20 },
  );
  vi.useRealTimers();
}, 120_000);

test('readers at the same time write one book down, and leave nothing beside it', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const shop = new Shop(ledger, await ledger.newMerchant(), Date.now());
  const readers = () =>
    Promise.all(Array.from({ length: 8 }, () => expectExact(shop, shop.orders.length - 3)));
  for (let round = 0; round < 3; round += 1) {
    for (let index = 0; index < 220; index += 1) await shop.create(index * 150);
    for (let index = 0; index < 100; index += 1) await shop.change(index, 'paid');
    await take(shop, { does: 'pass', ms: 2 * MINUTE_MS });
    await readers();
  }
  vi.useRealTimers();
  const ofBook = [...(await scan('ledger')).keys()].filter(
    (name) => name.includes(shop.merchant.merchant) && name.includes('#BOOK#ORDERS'),
  );
  // A day, or one of its sheets, and its edition.
  const parts = new Set(ofBook.map((name) => name.split(' ')[1]?.split('+')[0]));
  expect(ofBook).toHaveLength(parts.size);
  expect(parts).toContain('BOOK');
  expect([...parts].some((part) => part?.includes('.'))).toBe(true);
}, 60_000);
