import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { advanceClock } from '#administration/test-clock.ts';
import { startEngine } from '#infra/local/engine.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { createOrder } from '#ledger/orders/order-commands.ts';
import { charge } from '#ledger/payments/payment-commands.ts';
import { dynamoClient } from '#store/core/client.ts';
import { SERVICE } from '#test/support/orders.ts';
import { DAY_MS, Renewals } from '#test/support/renewals.ts';
import { type Counts, startCountingProxy } from './counting-proxy.ts';
import { atLeast, atMost } from './goals.ts';
import { type Recorded, type Recorder, replay, startRecorder } from './recorder.ts';
import { elapsed, print, round } from './stats.ts';

const SUBSCRIPTIONS = Number(process.env.BENCH_SUBSCRIPTIONS ?? 100);
const WORKERS = 16;

/** What a renewal costs beside a charge, and how fast a year of subscriptions passes. */
export async function benchRenewals(): Promise<void> {
  await benchUnits();
  await benchYear();
}

async function benchUnits(): Promise<void> {
  const engine = await startEngine(null);
  const proxy = await startCountingProxy(engine.endpoint);
  const renewals = await Renewals.start(proxy.url);
  const { subscription, payments } = await renewals.subscribe();
  const plain = await plainCharge(renewals, payments[0]?.charge?.order ?? '', proxy.take);
  renewals.ledger.advance(40 * DAY_MS);
  proxy.take();
  await renewals.schedule();
  const claimed = proxy.take();
  await renewals.renew(subscription.id);
  const renewed = proxy.take();
  const own = claimed.writeUnits + renewed.writeUnits;
  print('A renewal beside an order that is created and charged (write units, goal: 6 more)', [
    rowOf('create and charge an order', plain),
    rowOf('claim a renewal (with reading what is due)', claimed),
    rowOf('make a renewal', renewed),
    {
      work: 'a renewal more than a charge',
      'write units': round(own - plain.writeUnits, 1),
      goal: atMost('write units of a renewal beside a charge', own - plain.writeUnits, 6),
    },
  ]);
  await renewals.ledger.stop();
  proxy.stop();
  await engine.stop();
}

/**
 * An order as a renewal's, of a customer with a card, as two operations without a key; as with a
 * renewal, somebody is told.
 */
async function plainCharge(renewals: Renewals, like: string, take: () => Counts): Promise<Counts> {
  const { merchant, ledger } = renewals;
  const { order: model } = await ledger.runtime.store.read(merchant, { order: like });
  const { order: seeded, card } = await ledger.seed(merchant, {
    purchase: model?.purchase ?? null,
    notifyUrl: 'http://x.test/',
  });
  const uuid = { order: '' };
  take();
  await renewals.request(async (context) => {
    const { uuid: _uuid, version: _version, createdAt: _createdAt, ...draft } = seeded;
    const order = await createOrder(context, {
      ...draft,
      service: SERVICE.uuid,
      expiresInSeconds: 3600,
    });
    uuid.order = order.uuid;
  });
  await renewals.request((context) =>
    charge(context, { order: uuid.order, card: card.uuid, ip: null }),
  );
  return take();
}

function rowOf(work: string, { calls, readUnits, writeUnits }: Counts) {
  const trips = Object.values(calls).reduce((sum, count) => sum + count, 0);
  return { work, 'round trips': trips, 'read units': readUnits, 'write units': writeUnits };
}

async function benchYear(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const recorder = await startRecorder(engine.endpoint);
  const { merchant } = await playYear(engine.endpoint, recorder);
  const calls = recorder.taken();
  const alone = await engineAlone(engine.endpoint, calls, merchant);
  const { charges, ms } = await playYear(engine.endpoint, null);
  print(`A year of ${SUBSCRIPTIONS} subscriptions by the test clock`, [
    {
      charges,
      seconds: round(ms / 1000, 1),
      'charges/s': round((charges * 1000) / ms, 1),
      'engine alone, charges/s': round((charges * 1000) / alone, 1),
      ratio: round(alone / ms),
      goal: atLeast('renewals/s beside the engine alone', round(alone / ms), 0.5),
    },
  ]);
  recorder.stop();
  await engine.stop();
  rmSync(folder, { recursive: true });
}

/** Moves the clock of a new merchant through a year; its calls of the engine may be recorded. */
async function playYear(endpoint: string, recorder: Recorder | null) {
  const renewals = await Renewals.start(recorder?.url ?? endpoint);
  const { merchant } = renewals.merchant;
  const { runtime } = renewals.ledger;
  await elapsed(SUBSCRIPTIONS, WORKERS, async () => {
    await renewals.subscribe();
  });
  const stored = await runtime.access.storedMerchant(renewals.merchant);
  if (stored === null) throw new Error('There is no merchant');
  const client = dynamoClient(endpoint);
  const stores = { access: runtime.access, client, ledgerTable: 'ledger', runtime };
  let charges = 0;
  recorder?.begin();
  const ms = await elapsed(1, 1, async () => {
    for await (const event of advanceClock(stores, stored, 365 * DAY_MS)) {
      if ('charge' in event) charges += 1;
    }
  });
  client.destroy();
  await renewals.ledger.stop();
  return { merchant, charges, ms };
}

/** The very same calls for a merchant that nothing is stored of yet, and nothing but them. */
async function engineAlone(url: string, calls: Recorded[], merchant: string): Promise<number> {
  const other = mintUuid(Date.now());
  return elapsed(calls.length, WORKERS, (index) => replay(url, calls[index], merchant, other));
}
