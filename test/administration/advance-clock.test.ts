import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClockEvent } from '#administration/play-clock.ts';
import { advanceClock } from '#administration/test-clock.ts';
import { ROWS_PER_CHUNK } from '#ledger/batches/batch.ts';
import { receiveBatch } from '#ledger/batches/receive-batch.ts';
import type { Renewed } from '#ledger/subscriptions/record-charge.ts';
import { dynamoClient } from '#store/core/client.ts';
import { SERVICE } from '#test/support/orders.ts';
import { DAY_MS, Renewals } from '#test/support/renewals.ts';

let renewals: Renewals;
let client: DynamoDBClient;

beforeEach(async () => {
  renewals = await Renewals.start();
  client = dynamoClient(renewals.ledger.endpoint);
});
afterEach(async () => {
  client.destroy();
  await renewals.ledger.stop();
});

/** Moves the clock of the merchant and returns what happened. */
async function advance(ms: number): Promise<ClockEvent[]> {
  const { runtime } = renewals.ledger;
  const stored = await runtime.access.storedMerchant(renewals.merchant);
  if (stored === null) throw new Error('There is no merchant');
  const stores = { access: runtime.access, client, ledgerTable: 'ledger', runtime };
  return Array.fromAsync(advanceClock(stores, stored, stored.clockOffsetMs + ms));
}

const chargesIn = (events: readonly ClockEvent[]): Renewed[] =>
  events.flatMap((event) => ('charge' in event ? [event.charge] : []));

/** How much later than it was due something happened. */
function expectOnTime(due: string | undefined, happened: string | undefined): void {
  const lateMs = Date.parse(happened ?? '') - Date.parse(due ?? '');
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThan(5 * 60_000);
}

test('a year of subscriptions happens in the order of time, each charge at its own', async () => {
  const many = await Promise.all(Array.from({ length: 12 }, () => renewals.subscribe()));
  // One with a leap day in it too.
  const events = await advance(367 * DAY_MS);
  expect(chargesIn(events)).toHaveLength(12 * 12);
  const times = events.map(({ at }) => at);
  expect(times).toEqual(times.toSorted());
  const numbers = Array.from({ length: 13 }, (_, index) => index + 1);
  for (const { subscription } of many) {
    const { payments } = await renewals.read(subscription.id);
    expect(payments.map(({ number }) => number)).toEqual(numbers);
    for (const { dueAt, chargedAt } of payments) expectOnTime(dueAt, chargedAt);
  }
  expect(renewals.acquirer.moved('sale')).toBe(12 * 13);
});

test('what fails is tried again on the day after, and ends in its time', async () => {
  const { subscription } = await renewals.subscribe();
  renewals.acquirer.faults = ['refuse', 'refuse', 'refuse'];
  const charges = chargesIn(await advance(60 * DAY_MS));
  expect(charges.map(({ payment }) => payment?.attempt)).toEqual([1, 2, 3]);
  const days = charges.map(({ payment }) => Date.parse(payment?.chargedAt ?? '') / DAY_MS);
  expect(Math.round((days[1] ?? 0) - (days[0] ?? 0))).toBe(1);
  expect(Math.round((days[2] ?? 0) - (days[1] ?? 0))).toBe(1);
  expect((await renewals.read(subscription.id)).billing.state).toBe('given_up');
});

test('orders expire at their own times', async () => {
  const { order } = await renewals.ledger.seed(renewals.merchant);
  const { store } = renewals.ledger.runtime;
  const due = { kind: 'expire' as const, at: order.expiresAt };
  const open = { ...order, version: order.version + 1 };
  await store.commit(renewals.merchant, [{ change: 'order', order: open, due, testClock: false }]);
  expect(await advance(DAY_MS)).toMatchObject([{ expired: order.uuid }]);
  const { order: after } = await store.read(renewals.merchant, { order: order.uuid });
  expect(after?.status).toBe('expired');
  expectOnTime(order.expiresAt, after?.updatedAt);
});

test('a file is worked on at its own time, and what is not due yet waits', async () => {
  const { card } = await renewals.ledger.seed(renewals.merchant);
  const receive = (days: number, count: number) =>
    renewals.request((context) =>
      receiveBatch(context, {
        kind: 'authorizations',
        filename: `${days}.csv`,
        digest: String(days),
        executeAt: renewals.nowMs + days * DAY_MS,
        rows: async function* () {
          for (let line = 2; line < count + 2; line += 1) {
            const { uuid, customer } = card;
            const none = { additional: null, notifyUrl: null, extraData: null };
            yield { line, amount: 100, card: uuid, customer, service: SERVICE.uuid, ...none };
          }
        },
      }),
    );
  await receive(3, 2 * ROWS_PER_CHUNK + 1);
  await receive(3.5, 1);
  await receive(30, 1);
  const files = (await advance(10 * DAY_MS)).flatMap((event) => ('file' in event ? [event] : []));
  expect(files).toMatchObject([
    { file: { state: 'finished', totals: { done: { count: 201, amounts: { EUR: 20_100 } } } } },
    { file: { state: 'finished', totals: { done: { count: 1 } } } },
  ]);
  for (const { file, at } of files) expectOnTime(file.executeAt, at);
  const all = await renewals.ledger.runtime.store.batches(renewals.merchant);
  expect(all.map(({ state }) => state).toSorted()).toEqual(['finished', 'finished', 'waiting']);
  expect(renewals.acquirer.moved('sale')).toBe(202);
  expectOnTime(files[0]?.file.executeAt, files[0]?.file.startedAt ?? undefined);
});

test('an answer that is lost is asked for again, and the clock moves on', async () => {
  const { subscription } = await renewals.subscribe();
  renewals.acquirer.faults = ['answer_lost'];
  renewals.acquirer.isReachable = false;
  await advance(40 * DAY_MS);
  expect((await renewals.read(subscription.id)).billing.paid).toBe(1);
  renewals.acquirer.isReachable = true;
  await advance(40 * DAY_MS);
  expect((await renewals.read(subscription.id)).billing.paid).toBe(3);
  expect(renewals.acquirer.moved('sale')).toBe(3);
});
