import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerContext } from '#ledger/core/context.ts';
import { deadlineIn } from '#ledger/core/deadline.ts';
import { LedgerError, LostRace, OutcomeUnknown } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Environment, Merchant } from '#ledger/core/merchant.ts';
import type { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import type { Instruction } from '#ledger/payments/acquirer.ts';
import { charge, recover, refund } from '#ledger/payments/payment-commands.ts';
import { execute, type Work } from '#operation/execution/execute.ts';
import { ledgerContext } from '#operation/execution/ledger-context.ts';
import { Memory } from '#operation/execution/memory.ts';
import { sweep } from '#operation/execution/sweep.ts';
import { RequestError } from '#operation/http/errors.ts';
import type { HttpReply } from '#operation/http/exchange.ts';
import { Crash, type Fault, FaultyAcquirer } from '#test/support/faulty-acquirer.ts';
import { newExchange, startLedger, type TestLedger } from '#test/support/ledger.ts';
import { NOW_MS, newTransaction, SERVICE } from '#test/support/orders.ts';

let acquirer: FaultyAcquirer;
let ledger: TestLedger;
let merchant: Merchant;

const proxy = new Proxy({} as FaultyAcquirer, {
  get: (_, name) => {
    const value = Reflect.get(acquirer, name);
    return typeof value === 'function' ? value.bind(acquirer) : value;
  },
});

beforeAll(async () => {
  ledger = await startLedger(proxy);
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  acquirer = new FaultyAcquirer();
  merchant = await ledger.newMerchant();
});

const LOCK_MS = 90_000;

function work(handle: (context: LedgerContext) => Promise<unknown>): Work {
  return {
    handle: async (context) => ({ status: 200, body: JSON.stringify(await handle(context)) }),
    refuse: (error) => ({ status: 400, body: error.code }),
  };
}

async function send(key: string | null, action: Work): Promise<HttpReply | 'crash'> {
  try {
    return await execute(ledger.runtime, newExchange(merchant, 'directPayment', key), action);
  } catch (error) {
    if (error instanceof Crash) return 'crash';
    if (error instanceof RequestError) return { status: error.status, body: error.details };
    throw error;
  }
}

const pay = (order: string, card: string) =>
  work((context) => charge(context, { order, card, ip: null }));

async function runRecovery(): Promise<void> {
  await sweep(ledger.runtime, () => 60_000, {
    kind: 'recover',
    graceMs: -10 * LOCK_MS,
    async handle(context, item) {
      const { order } = await context.store.read(item.tenant, { order: item.order });
      if (order !== null) await recover(context, order);
    },
  });
}

/** The orders that the recovery looks at by then. */
async function dueWithin(ms: number): Promise<string[]> {
  const { store, realNowMs } = ledger.runtime;
  return Array.fromAsync(store.due('recover', 'shared', realNowMs() + ms), (item) => item.order);
}

async function statusOf(uuid: string): Promise<string | undefined> {
  const { order } = await ledger.runtime.store.read(merchant, { order: uuid });
  return order?.status;
}

describe('a charge with an idempotency key', () => {
  test('is repeated byte for byte, marked as a replay', async () => {
    const { order, card } = await ledger.seed(merchant);
    const first = await send('key', pay(order.uuid, card.uuid));
    const second = await send('key', pay(order.uuid, card.uuid));
    expect(first).toMatchObject({ status: 200 });
    expect(second).toEqual({ ...(first as HttpReply), headers: { 'idempotent-replayed': 'true' } });
    expect(acquirer.moved('sale')).toBe(1);
  });

  test('looks for what it has written when it is tried again', async () => {
    const again: boolean[] = [];
    const tried = work(async (context) => {
      again.push(context.work.again);
      if (again.length === 1) throw new LostRace();
    });
    expect(await send('key', tried)).toMatchObject({ status: 200 });
    expect(again).toEqual([false, true]);
  });

  test('replays a refusal of the ledger too', async () => {
    const { card } = await ledger.seed(merchant);
    const first = await send('key', pay('UNKNOWN', card.uuid));
    expect(first).toMatchObject({ status: 400, body: 'order_not_payable' });
    expect(await send('key', pay('UNKNOWN', card.uuid))).toMatchObject({
      ...(first as HttpReply),
      headers: { 'idempotent-replayed': 'true' },
    });
  });

  test('is repeated although what it asked for is not valid any more', async () => {
    const { order, card } = await ledger.seed(merchant);
    const first = await send('key', pay(order.uuid, card.uuid));
    const tooLate = work(async () => {
      throw new RequestError(400, 'Field initial_date is not valid');
    });
    const second = await send('key', tooLate);
    expect(second).toEqual({ ...(first as HttpReply), headers: { 'idempotent-replayed': 'true' } });
    expect(await send('new key', tooLate)).toMatchObject({ status: 400 });
  });

  test('that is over when it is tried again says so, though its own try has begun', async () => {
    let tries = 0;
    const late = work(async (context) => {
      tries += 1;
      if (tries > 1) throw new RequestError(400, 'Field initial_date is not valid');
      await context.work.checkpoint(context.realNowMs());
      throw new LostRace();
    });
    expect(await send('key', late)).toMatchObject({ status: 400 });
    expect(tries).toBe(2);
  });

  test('is refused for another payload', async () => {
    const { order, card } = await ledger.seed(merchant);
    await send('key', pay(order.uuid, card.uuid));
    const exchange = { ...newExchange(merchant, 'directPayment', 'key'), body: { other: 1 } };
    await expect(
      execute(ledger.runtime, exchange, pay(order.uuid, card.uuid)),
    ).rejects.toMatchObject({ status: 422 });
  });

  test('in doubt is not answered with what another payload has got meanwhile', async () => {
    const other = { ...newExchange(merchant, 'directPayment', 'key'), body: { other: 1 } };
    const another = async () => ({ status: 200, body: 'another' });
    const unclear = work(async () => {
      await execute(ledger.runtime, other, { ...work(another), handle: another });
      throw new OutcomeUnknown('Nobody said what became of it');
    });
    const exchange = { ...newExchange(merchant, 'directPayment', 'key'), deadline: deadlineIn(1) };
    await expect(execute(ledger.runtime, exchange, unclear)).rejects.toThrow(OutcomeUnknown);
  });

  test('is kept for three days, to the second', async () => {
    const { order, card } = await ledger.seed(merchant);
    const first = await send('key', pay(order.uuid, card.uuid));
    ledger.advance(72 * 3_600_000 - 30_000);
    const second = await send('key', pay(order.uuid, card.uuid));
    expect(second).toEqual({ ...(first as HttpReply), headers: { 'idempotent-replayed': 'true' } });
    ledger.advance(60_000);
    const third = await send('key', pay(order.uuid, card.uuid));
    expect(third).toMatchObject({ status: 400, body: 'order_not_payable' });
    expect(acquirer.moved('sale')).toBe(1);
  });

  test('is another key for another merchant', async () => {
    const { order, card } = await ledger.seed(merchant);
    await send('key', pay(order.uuid, card.uuid));
    merchant = await ledger.newMerchant();
    const other = await ledger.seed(merchant);
    expect(await send('key', pay(other.order.uuid, other.card.uuid))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"status":"paid"'),
    });
  });

  test('whose outcome is unknown keeps no answer: a repetition asks for it', async () => {
    const { order, card } = await ledger.seed(merchant);
    acquirer.faults = ['answer_lost'];
    expect(await send('key', pay(order.uuid, card.uuid))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"status":"pending_processor"'),
    });
    ledger.advance(LOCK_MS + 1);
    expect(await send('key', pay(order.uuid, card.uuid))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"status":"paid"'),
    });
    expect(acquirer.moved('sale')).toBe(1);
  });

  test('tells a repetition to wait while the first is under way, then lets it resume', async () => {
    const { order, card } = await ledger.seed(merchant);
    acquirer.faults = ['crash_after'];
    expect(await send('key', pay(order.uuid, card.uuid))).toBe('crash');
    expect(await statusOf(order.uuid)).toBe('pending_processor');
    expect(await send('key', pay(order.uuid, card.uuid))).toMatchObject({ status: 409 });
    ledger.advance(LOCK_MS + 1);
    expect(await send('key', pay(order.uuid, card.uuid))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"status":"paid"'),
    });
    expect(acquirer.effects.size).toBe(1);
    expect([...acquirer.effects.values()][0]?.times).toBe(1);
  });

  test('answers what the recovery found', async () => {
    const { order, card } = await ledger.seed(merchant);
    acquirer.faults = ['crash_after'];
    await send('key', pay(order.uuid, card.uuid));
    await runRecovery();
    expect(await statusOf(order.uuid)).toBe('paid');
    ledger.advance(LOCK_MS + 1);
    const reply = await send('key', pay(order.uuid, card.uuid));
    expect(reply).toMatchObject({ status: 200, body: expect.stringContaining('"paid"') });
    expect(await send('key', pay(order.uuid, card.uuid))).toMatchObject({
      body: (reply as HttpReply).body,
      headers: { 'idempotent-replayed': 'true' },
    });
  });

  test('is free again after 72 hours', async () => {
    const { order, card } = await ledger.seed(merchant);
    await send('key', pay(order.uuid, card.uuid));
    ledger.advance(73 * 3_600_000);
    const { order: next, card: nextCard } = await ledger.seed(merchant);
    expect(await send('key', pay(next.uuid, nextCard.uuid))).toMatchObject({
      status: 200,
      body: expect.stringContaining(next.uuid),
    });
  });

  test('is free again after 72 hours for what is refused, too', async () => {
    const { order, card } = await ledger.seed(merchant);
    await send('key', pay(order.uuid, card.uuid));
    ledger.advance(73 * 3_600_000);
    const tooLate = work(async () => {
      throw new RequestError(400, 'Field initial_date is not valid');
    });
    const refused = { status: 400, body: 'Field initial_date is not valid' };
    expect(await send('key', tooLate)).toEqual(refused);
  });
});

describe('an outcome that nobody knows', () => {
  test('leaves the order pending until the acquirer is asked', async () => {
    const { order, card } = await ledger.seed(merchant);
    acquirer.faults = ['answer_lost'];
    expect(await send(null, pay(order.uuid, card.uuid))).toMatchObject({
      status: 200,
      body: expect.stringContaining('"status":"pending_processor"'),
    });
    acquirer.isReachable = false;
    ledger.advance(LOCK_MS);
    await runRecovery();
    expect(await statusOf(order.uuid)).toBe('pending_processor');
    // It is asked about again later, not with every run.
    expect(await dueWithin(0)).not.toContain(order.uuid);
    expect(await dueWithin(LOCK_MS)).toContain(order.uuid);
    acquirer.isReachable = true;
    await runRecovery();
    expect(await statusOf(order.uuid)).toBe('paid');
    expect(acquirer.moved('sale')).toBe(1);
  });

  test.each(['sale', 'hold'] as const)('counts for its card all the same: a %s', async (intent) => {
    const { order, card } = await ledger.seed(merchant, { intent });
    acquirer.faults = ['crash_after'];
    expect(await send(null, pay(order.uuid, card.uuid))).toBe('crash');
    await runRecovery();
    const { card: paid } = await ledger.runtime.store.read(merchant, { card: card.uuid });
    expect(paid).toMatchObject({ paidAt: expect.any(String), paidWith: order.service.uuid });
  });

  test('is sent again when the acquirer never received it', async () => {
    const { order, card } = await ledger.seed(merchant);
    acquirer.faults = ['crash_before'];
    expect(await send(null, pay(order.uuid, card.uuid))).toBe('crash');
    await runRecovery();
    expect(await statusOf(order.uuid)).toBe('paid');
    expect(acquirer.moved('sale')).toBe(1);
  });
});

test('a sweep goes on after what fails, and fails in the end, so that an alarm is raised', async () => {
  const orders: string[] = [];
  for (const fault of ['crash_before', 'crash_before'] as const) {
    const { order, card } = await ledger.seed(merchant);
    acquirer.faults = [fault];
    await send(null, pay(order.uuid, card.uuid));
    orders.push(order.uuid);
  }
  const seen: string[] = [];
  const hasBegun = Promise.withResolvers<void>();
  const swept = sweep(ledger.runtime, () => 60_000, {
    kind: 'recover',
    graceMs: -10 * LOCK_MS,
    async handle(_, item) {
      seen.push(item.order);
      if (item.order === orders[0]) {
        await hasBegun.promise;
        throw new Error('Broken');
      }
      if (item.order !== orders[1]) return;
      // It begins before the other one fails, in another worker, and ends last.
      hasBegun.resolve();
      await sleep(300);
    },
  });
  await expect(swept).rejects.toThrow(/^1 of \d+ due items failed$/);
  expect(seen).toEqual(expect.arrayContaining(orders));
  await runRecovery();
  expect(await Promise.all(orders.map(statusOf))).toEqual(['paid', 'paid']);
});

test('nothing goes wrong on demand in live', async () => {
  const vault = await ledger.runtime.access.vault();
  const answer = (environment: Environment) => {
    const asking = { ...merchant, environment, faults: { timeout: true } as const };
    const of = { vault, merchant: asking, deadline: deadlineIn(20_000) };
    const context = ledgerContext(ledger.runtime, of, {} as UnitOfWork, new Memory());
    const instruction = { reference: environment, amount: 1000 } as Instruction;
    return context.acquirerOf(SERVICE).perform(instruction);
  };
  expect(await answer('sandbox')).toEqual({ result: 'unknown' });
  expect(await answer('live')).toMatchObject({ result: 'approved' });
});

test('a refund names the payment that succeeded, not the one before that its payer had to confirm', async () => {
  const declined = newTransaction({ status: 'refused', error: '0195' });
  const paid = newTransaction({ uuid: mintUuid(NOW_MS) });
  const transactions = [declined, paid];
  const { order } = await ledger.seed(merchant, { status: 'paid', captured: 1000, transactions });
  await send(
    null,
    work((context) => refund(context, { order: order.uuid, amount: null })),
  );
  const [refunded, ...more] = [...acquirer.effects.values()].map((one) => one.instruction);
  expect(more).toEqual([]);
  expect(refunded).toMatchObject({ kind: 'refund', original: paid.uuid });
  expect(refunded?.startedAt).not.toBe(order.createdAt);
});

describe('races', () => {
  test('of 20 charges of one order: one moves money', async () => {
    const { order, card } = await ledger.seed(merchant);
    await Promise.all(Array.from({ length: 20 }, () => send(null, pay(order.uuid, card.uuid))));
    expect(await statusOf(order.uuid)).toBe('paid');
    expect(acquirer.moved('sale')).toBe(1);
  });

  test('of 20 refunds: never more than was paid', async () => {
    const { order, card } = await ledger.seed(merchant);
    await send(null, pay(order.uuid, card.uuid));
    const giveBack = work((context) => refund(context, { order: order.uuid, amount: 90 }));
    await Promise.all(Array.from({ length: 20 }, () => send(null, giveBack)));
    const { order: after } = await ledger.runtime.store.read(merchant, { order: order.uuid });
    const returned = [...acquirer.effects.values()]
      .filter((one) => one.instruction.kind === 'refund')
      .reduce((sum, one) => sum + one.instruction.amount, 0);
    expect(after?.refunded).toBe(returned);
    expect(returned).toBeLessThanOrEqual(1000);
    expect(returned).toBeGreaterThan(0);
  });

  test('of two orders with one reference: one is charged', async () => {
    const one = await ledger.seed(merchant, { reference: 'invoice-1' });
    const two = await ledger.seed(merchant, { reference: 'invoice-1' });
    const replies = await Promise.all([
      send(null, pay(one.order.uuid, one.card.uuid)),
      send(null, pay(two.order.uuid, two.card.uuid)),
    ]);
    expect(acquirer.moved('sale')).toBe(1);
    const bodies = replies.map((reply) => (reply as HttpReply).body);
    expect(bodies.filter((body) => body === 'reference_already_paid')).toHaveLength(1);
  });

  test('a refused order gives its reference free', async () => {
    acquirer.faults = ['refuse'];
    const one = await ledger.seed(merchant, { reference: 'invoice-2' });
    await send(null, pay(one.order.uuid, one.card.uuid));
    const two = await ledger.seed(merchant, { reference: 'invoice-2' });
    await send(null, pay(two.order.uuid, two.card.uuid));
    expect(await statusOf(two.order.uuid)).toBe('paid');
  });
});

const fault = fc.constantFrom<Fault>(
  'none',
  'refuse',
  'answer_lost',
  'crash_before',
  'crash_after',
  'not_sent',
);

test('a refusal that only the last look meets is no answer to a key, which does not keep it', async () => {
  const raced = () => {
    let tries = 0;
    return work(async () => {
      tries += 1;
      throw tries <= 12 ? new LostRace() : new LedgerError('fulfillment_exceeds_order');
    });
  };
  expect(await send('key', raced())).toMatchObject({ body: 'write_conflict' });
  expect(await send(null, raced())).toMatchObject({ body: 'fulfillment_exceeds_order' });
});

test('whatever fails, repetitions of a key move money once and agree', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { maxLength: 6 }),
      fc.array(fc.record({ wait: fc.boolean(), recover: fc.boolean() }), {
        minLength: 1,
        maxLength: 6,
      }),
      async (faults, requests) => {
        acquirer = new FaultyAcquirer();
        acquirer.faults = [...faults];
        merchant = await ledger.newMerchant();
        const { order, card } = await ledger.seed(merchant);
        const replays = new Set<string>();
        for (const { wait, recover: isRecovered } of requests) {
          const reply = await send('key', pay(order.uuid, card.uuid));
          if (reply !== 'crash' && reply.headers?.['idempotent-replayed']) replays.add(reply.body);
          if (wait) ledger.advance(LOCK_MS + 1);
          if (isRecovered) await runRecovery().catch(() => {});
        }
        acquirer.faults = [];
        await runRecovery();
        ledger.advance(LOCK_MS + 1);
        const last = await send('key', pay(order.uuid, card.uuid));
        expect(last).toMatchObject({ status: 200 });
        for (const body of replays) expect(body).toBe((last as HttpReply).body);
        expect(acquirer.moved('sale')).toBeLessThanOrEqual(1);
        for (const { times } of acquirer.effects.values()) expect(times).toBe(1);
        const expected = acquirer.moved('sale') === 1 ? 'paid' : 'refused';
        expect(await statusOf(order.uuid)).toBe(expected);
      },
    ),
    { numRuns: 60 },
  );
});
