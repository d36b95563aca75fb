import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deleteCard } from '#ledger/cards/card-commands.ts';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import { changeOwner } from '#ledger/customers/change-owner.ts';
import { recover } from '#ledger/payments/payment-commands.ts';
import { deleteProduct, setRetryDays } from '#ledger/plans/plan-commands.ts';
import { billedOf } from '#ledger/subscriptions/billed-subscription.ts';
import { addPeriods } from '#ledger/subscriptions/calendar.ts';
import { orderOf } from '#ledger/subscriptions/charge-order.ts';
import { renew } from '#ledger/subscriptions/renew.ts';
import { subscribe } from '#ledger/subscriptions/subscribe.ts';
import { renewOf } from '#operation/execution/renewals.ts';
import { Crash, type Fault } from '#test/support/faulty-acquirer.ts';
import { type FaultyDynamo, startFaultyDynamo } from '#test/support/faulty-dynamodb.ts';
import { DAY_MS, Renewals } from '#test/support/renewals.ts';

let dynamo: FaultyDynamo;
let renewals: Renewals;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
});
afterAll(() => dynamo.stop());
beforeEach(async () => {
  dynamo.calm();
  renewals = await Renewals.start(dynamo.route);
  return () => renewals.ledger.stop();
});

/** Whether a transaction writes the order of a charge for the first time. */
function isIntent(body: string): boolean {
  return body.includes('#ORDERS#SUBSCRIPTION#');
}

/**
 * Has something happen before the first transaction that is meant is written; the result says
 * whether it has.
 */
function race(isMeant: (body: string) => boolean, happens: () => Promise<unknown>): () => boolean {
  let isRaced = false;
  dynamo.onTransaction(async (body) => {
    if (isMeant(body) && !isRaced) {
      isRaced = true;
      await happens();
    }
    return 'none' as const;
  });
  return () => isRaced;
}

/** What the acquirer took for a subscription, and what the ledger says of it, agree. */
async function expectBooksAgree(id: string): Promise<number> {
  const { payments, billing } = await renewals.read(id);
  const paid = payments.filter(({ outcome }) => outcome === 'paid');
  const taken = [...renewals.acquirer.effects.values()].filter(
    ({ answer }) => answer.result === 'approved',
  );
  expect(taken.map(({ instruction }) => instruction.reference).toSorted()).toEqual(
    paid.map(({ charge }) => charge?.transaction).toSorted(),
  );
  expect(billing.paid).toBe(paid.length);
  const numbers = payments.map(({ number }) => number);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  return paid.length;
}

describe('a clock that jumps a year', () => {
  test('makes every charge that was missed, one for each period, in order', async () => {
    const { subscription } = await renewals.subscribe();
    // One with a leap day in it too.
    renewals.ledger.advance(367 * DAY_MS);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(13);
    const { payments, billing } = await renewals.read(subscription.id);
    const due = payments.map(({ dueAt }) => dueAt);
    expect(due).toEqual(due.toSorted());
    expect(Date.parse(billing.next?.at ?? '')).toBeGreaterThan(renewals.nowMs);
  });

  test('ends a subscription after its last payment', async () => {
    const { subscription } = await renewals.subscribe({ totalPayments: 4 });
    renewals.ledger.advance(365 * DAY_MS);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(4);
    const after = await renewals.read(subscription.id);
    expect(after.billing).toMatchObject({ state: 'completed', next: null });
    expect(after.subscription.status).toBe('expired');
  });
});

describe('the first charge', () => {
  test('is made after the trial, and the second a period later', async () => {
    const trial = { isOffered: true, count: 2, unit: 'week' as const };
    const { subscription } = await renewals.subscribe({}, { trial });
    expect(subscription.status).toBe('trialing');
    renewals.ledger.advance(13 * DAY_MS);
    await renewals.settle();
    expect(renewals.acquirer.moved('sale')).toBe(0);
    renewals.ledger.advance(2 * DAY_MS);
    await renewals.settle();
    const { payments, subscription: after, billing } = await renewals.read(subscription.id);
    expect(payments).toHaveLength(1);
    expect(after.status).toBe('active');
    const firstMs = Date.parse(payments[0]?.dueAt ?? '');
    const nextMs = addPeriods(firstMs, { count: 1, unit: 'month' }, 1, 'Europe/Madrid');
    expect(billing.next?.at).toBe(new Date(nextMs).toISOString());
  });
});

describe('a charge that its queue does not take', () => {
  test('is queued by the next run of the schedule', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    const { runtime } = renewals.ledger;
    const { announce } = runtime;
    runtime.announce = () => Promise.reject(new Error('SQS refused a message'));
    await expect(renewals.schedule()).rejects.toThrow('refused');
    runtime.announce = announce;
    await renewals.schedule();
    const queued = renewals.queued.splice(0).map((ref) => ref.subscription);
    expect(queued).toContain(subscription.id);
  });
});

test('a subscription that is asked for again goes on, though its first date is over', async () => {
  const firstAt = () => '2090-01-01T00:00:00Z';
  const { subscription } = await renewals.subscribe({ firstAt });
  const terms = subscription.billing;
  if (!terms) throw new Error('It is billed');
  const draft = { ...terms, plan: terms.plan.externalId };
  let attempt = '';
  let id = '';
  await renewals.request(async (context) => {
    attempt = context.work.attempt;
    id = (await subscribe(context, { ...draft, firstAt })).subscription.id;
  });
  const over = () => {
    throw new Error('The date is over');
  };
  await renewals.request(async (context) => {
    const properties = { attempt: { value: attempt }, again: { value: true } };
    const again = { ...context, work: Object.create(context.work, properties) };
    expect((await subscribe(again, { ...draft, firstAt: over })).subscription.id).toBe(id);
  });
});

describe('an attempt that is refused', () => {
  test('is made again on the following days, then the subscription ends', async () => {
    renewals.acquirer.faults = ['refuse', 'refuse', 'refuse'];
    const { subscription } = await renewals.subscribe();
    expect(subscription.status).toBe('past_due');
    const days: string[] = [];
    for (let day = 0; day < 6; day += 1) {
      const { billing } = await renewals.read(subscription.id);
      if (billing.next !== null) days.push(`${billing.next.number}/${billing.next.attempt}`);
      renewals.ledger.advance(DAY_MS);
      await renewals.schedule();
      for (const { subscription: id } of renewals.queued.splice(0)) await renewals.renew(id);
    }
    expect(days).toEqual(['1/2', '1/3']);
    const after = await renewals.read(subscription.id);
    expect(after.billing).toMatchObject({ state: 'given_up', paid: 0, next: null });
    expect(after.subscription.status).toBe('canceled');
    expect(after.payments).toMatchObject([{ number: 1, attempt: 3, outcome: 'refused' }]);
    expect(renewals.acquirer.effects.size).toBe(3);
    await expectBooksAgree(subscription.id);
  });

  test('is made as many days later as the product says now', async () => {
    const { subscription } = await renewals.subscribe();
    const { externalId } = subscription.billing?.plan.product ?? { externalId: '' };
    await renewals.work((context) => setRetryDays(context, externalId, 5));
    renewals.acquirer.faults = ['refuse', 'refuse'];
    renewals.ledger.advance(32 * DAY_MS);
    await renewals.settle();
    const { billing } = await renewals.read(subscription.id);
    expect(billing.next).toMatchObject({ number: 2, attempt: 2 });
    const laterMs = Date.parse(billing.next?.at ?? '') - renewals.nowMs;
    expect(Math.round(laterMs / DAY_MS)).toBe(5);
    await renewals.work((context) => deleteProduct(context, externalId));
    renewals.ledger.advance(6 * DAY_MS);
    await renewals.settle();
    const after = (await renewals.read(subscription.id)).billing.next;
    expect(after).toMatchObject({ number: 2, attempt: 3 });
    expect(Math.round((Date.parse(after?.at ?? '') - renewals.nowMs) / DAY_MS)).toBe(1);
  });

  test('counts from one again in the next period', async () => {
    renewals.acquirer.faults = ['refuse', 'none', 'refuse', 'ask_payer', 'none'];
    const { subscription } = await renewals.subscribe();
    for (let day = 0; day < 40; day += 1) {
      renewals.ledger.advance(DAY_MS);
      await renewals.settle();
    }
    expect(await expectBooksAgree(subscription.id)).toBe(2);
    const { payments } = await renewals.read(subscription.id);
    expect(payments.map(({ attempt }) => attempt)).toEqual([2, 3]);
  });

  test('is not left for its payer to pay besides', async () => {
    renewals.acquirer.faults = ['ask_payer'];
    const { subscription } = await renewals.subscribe();
    const { payments } = await renewals.read(subscription.id);
    const { order } = await renewals.ledger.runtime.store.read(renewals.merchant, {
      order: payments[0]?.charge?.order ?? '',
    });
    expect(order?.status).toBe('refused');
  });
});

describe('the same charge', () => {
  test('is queued once by two schedules at the same time', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    await Promise.all([renewals.schedule(), renewals.schedule(), renewals.schedule()]);
    expect(renewals.queued).toMatchObject([{ subscription: subscription.id }]);
    await renewals.schedule();
    expect(renewals.queued).toHaveLength(1);
  });

  test('that is queued and lost is queued again after a while', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    await renewals.schedule();
    renewals.queued.splice(0);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(2);
  });

  test('is made once by many messages at the same time, and later', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    await Promise.all(Array.from({ length: 8 }, () => renewals.renew(subscription.id)));
    for (let again = 0; again < 3; again += 1) await renewals.renew(subscription.id);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(2);
  });

  test('is made once when two years of it are made by many at the same time', async () => {
    const { subscription } = await renewals.subscribe({ totalPayments: 20 });
    renewals.ledger.advance(720 * DAY_MS);
    const workers = Array.from({ length: 5 }, async () => {
      for (let turn = 0; turn < 12; turn += 1) await renewals.renew(subscription.id);
    });
    await Promise.all(workers);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(20);
  });

  test.each<Fault>(['crash_before', 'crash_after', 'answer_lost', 'not_sent'])(
    'is made once in spite of %s',
    async (fault) => {
      const { subscription } = await renewals.subscribe();
      renewals.ledger.advance(40 * DAY_MS);
      renewals.acquirer.faults = [fault];
      await renewals.renew(subscription.id);
      expect((await renewals.read(subscription.id)).payments).toHaveLength(1);
      await renewals.settle();
      expect(await expectBooksAgree(subscription.id)).toBe(2);
      expect([...renewals.acquirer.effects.values()].map(({ times }) => times)).toEqual([1, 1]);
    },
  );

  test.each<Fault>(['crash_before', 'crash_after', 'answer_lost', 'not_sent'])(
    'is made once in spite of %s when it is the first',
    async (fault) => {
      renewals.acquirer.faults = [fault];
      const { subscription } = await renewals.subscribe();
      await renewals.settle();
      expect(await expectBooksAgree(subscription.id)).toBe(1);
    },
  );

  test('is not made by who has read a card that was taken away since', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    const isRaced = race(isIntent, async () => {
      const { card = '', payer: customer = '' } = subscription.billing ?? {};
      await renewals.work((context) => deleteCard(context, { card, customer }));
      await renewals.renew(subscription.id);
    });
    expect(await renewals.renew(subscription.id)).toBeNull();
    expect(isRaced()).toBe(true);
    expect(await expectBooksAgree(subscription.id)).toBe(1);
    const { payments } = await renewals.read(subscription.id);
    expect(payments).toMatchObject([{ outcome: 'paid' }, { outcome: 'failed', attempt: 1 }]);
  });

  test('is not made before its time, whoever asks for it', async () => {
    const { subscription, billing } = await renewals.subscribe();
    const kept = billedOf(subscription, billing);
    if (kept === null) throw new Error('It is charged here');
    await renewals.work((context) => renew(context, kept));
    expect(await expectBooksAgree(subscription.id)).toBe(1);
    expect((await renewals.read(subscription.id)).billing).toEqual(billing);
  });

  test("is not made with a card that has become another customer's", async () => {
    const { subscription } = await renewals.subscribe();
    const { card: source = '', payer: from = '' } = subscription.billing ?? {};
    await renewals.work((context) => changeOwner(context, { source, from, to: 'somebody else' }));
    renewals.ledger.advance(32 * DAY_MS);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(1);
    const { payments } = await renewals.read(subscription.id);
    expect(payments).toMatchObject([{ outcome: 'paid' }, { outcome: 'failed', charge: null }]);
  });

  test('is recorded when the recovery of payments comes first', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    renewals.acquirer.faults = ['crash_after'];
    expect(await renewals.renew(subscription.id)).toBe('crash');
    const { next } = (await renewals.read(subscription.id)).billing;
    await renewals.work(async (context) => {
      const key = { order: next === null ? '' : orderOf(next) };
      const { order } = await context.store.read(renewals.merchant, key);
      if (order !== null) await recover(context, order);
    });
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(2);
  });
});

describe('an answer of the engine that is lost', () => {
  /** The intent and the outcome, of the first charge and of the second. */
  test.each([1, 2, 3, 4])('of transaction %i charges nothing twice', async (which) => {
    for (const fault of ['answer_lost', 'in_progress', 'failed_after', 'conflict'] as const) {
      const { subscription: warm } = await renewals.subscribe({
        firstAt: () => '2090-01-01T00:00:00Z',
      });
      expect(warm.status).toBe('scheduled');
      let count = 0;
      dynamo.onTransaction((body) => {
        if (!isIntent(body) && !body.includes('"BILLING"')) return 'none';
        count += 1;
        return count === which ? fault : 'none';
      });
      const before = renewals.acquirer.effects.size;
      const { subscription } = await renewals.subscribe();
      renewals.ledger.advance(40 * DAY_MS);
      await renewals.settle();
      dynamo.calm();
      const { payments, billing } = await renewals.read(subscription.id);
      expect(
        payments.map(({ outcome }) => outcome),
        fault,
      ).toEqual(['paid', 'paid']);
      expect(billing.paid).toBe(2);
      expect(renewals.acquirer.effects.size - before, fault).toBe(2);
      await renewals.cancel(subscription.id);
    }
  });
});

describe('a cancellation', () => {
  test('before a charge is due ends it', async () => {
    const { subscription } = await renewals.subscribe();
    await renewals.cancel(subscription.id);
    renewals.ledger.advance(400 * DAY_MS);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(1);
    const { subscription: after } = await renewals.read(subscription.id);
    expect(after).toMatchObject({
      status: 'canceled',
      details: { canceledAt: expect.any(String) },
    });
  });

  test('of a charge that is due but not begun prevents it', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    await renewals.schedule();
    await renewals.cancel(subscription.id);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(1);
    const { billing } = await renewals.read(subscription.id);
    expect(billing).toMatchObject({ state: 'cancelled', next: null });
  });

  test('between reading and intent prevents the charge', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    const isRaced = race(isIntent, async () => {
      await renewals.cancel(subscription.id);
    });
    await renewals.renew(subscription.id);
    await renewals.settle();
    expect(isRaced()).toBe(true);
    expect(await expectBooksAgree(subscription.id)).toBe(1);
  });

  test('that finds no charge, and then loses against its intent, lets it end', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    const isRaced = race(
      (body) => body.includes('"BILLING"'),
      async () => {
        renewals.acquirer.faults = ['crash_after'];
        expect(await renewals.renew(subscription.id)).toBe('crash');
      },
    );
    await renewals.cancel(subscription.id);
    await renewals.settle();
    expect(isRaced()).toBe(true);
    expect(await expectBooksAgree(subscription.id)).toBe(2);
    const { billing } = await renewals.read(subscription.id);
    expect(billing).toMatchObject({ state: 'cancelled', paid: 2, next: null });
  });

  test('while a charge is under way lets it end, and no other is made', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    const perform = renewals.acquirer.perform.bind(renewals.acquirer);
    renewals.acquirer.perform = async (instruction) => {
      await renewals.cancel(subscription.id);
      return perform(instruction);
    };
    await renewals.renew(subscription.id);
    renewals.acquirer.perform = perform;
    renewals.ledger.advance(400 * DAY_MS);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(2);
    const { billing } = await renewals.read(subscription.id);
    expect(billing).toMatchObject({ state: 'cancelled', paid: 2, next: null });
  });

  test('while a clock that is moved has charged ahead of its time lets it be recorded', async () => {
    const { subscription } = await renewals.subscribe();
    const ahead = { ...renewals.merchant, clockOffsetMs: 40 * DAY_MS };
    renewals.acquirer.faults = ['crash_after'];
    const charge = renewOf(renewals.ledger.runtime, ahead, subscription.id, {
      remainingMs: () => 60_000,
    });
    await expect(charge).rejects.toThrow(Crash);
    // To who cancels, the charge is not due for a month.
    await renewals.cancel(subscription.id);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(2);
    const { billing } = await renewals.read(subscription.id);
    expect(billing).toMatchObject({ state: 'cancelled', paid: 2, next: null });
  });

  test('while a charge is under way whose function dies lets it be recorded', async () => {
    const { subscription } = await renewals.subscribe();
    renewals.ledger.advance(40 * DAY_MS);
    renewals.acquirer.faults = ['crash_after'];
    await renewals.renew(subscription.id);
    await renewals.cancel(subscription.id);
    await renewals.settle();
    expect(await expectBooksAgree(subscription.id)).toBe(2);
  });
});

const FAULTS: Fault[] = [
  'none',
  'refuse',
  'ask_payer',
  'answer_lost',
  'crash_before',
  'crash_after',
  'not_sent',
];

test('whatever goes wrong in whatever order, books agree and nothing is forgotten', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('advance' as const), days: fc.integer({ min: 1, max: 70 }) }),
    fc.record({ do: fc.constant('fail' as const), how: fc.constantFrom(...FAULTS) }),
    fc.record({ do: fc.constant('renew' as const), times: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('schedule' as const) }),
    fc.record({ do: fc.constant('cancel' as const), chance: fc.integer({ min: 0, max: 5 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      renewals.ledger.advance(Date.now() - renewals.nowMs);
      renewals.acquirer.faults = [];
      renewals.acquirer.effects.clear();
      const { subscription } = await renewals.subscribe({ totalPayments: 8, maxAttempts: 4 });
      for (const one of steps) {
        if (one.do === 'advance') renewals.ledger.advance(one.days * DAY_MS);
        if (one.do === 'fail') renewals.acquirer.faults.push(one.how);
        if (one.do === 'cancel' && one.chance === 0) await renewals.cancel(subscription.id);
        if (one.do === 'schedule') await renewals.schedule();
        if (one.do === 'renew') {
          const many = Array.from({ length: one.times }, () => renewals.renew(subscription.id));
          await Promise.all(many);
        }
      }
      renewals.acquirer.faults = [];
      for (let month = 0; month < 14; month += 1) {
        renewals.ledger.advance(31 * DAY_MS);
        while ((await renewals.renew(subscription.id)) !== null);
      }
      const paid = await expectBooksAgree(subscription.id);
      const { billing } = await renewals.read(subscription.id);
      expect(billing.next).toBeNull();
      if (billing.state === 'completed') expect(paid).toBe(8);
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('identities are those of subscription, period and attempt', async () => {
  const { subscription } = await renewals.subscribe();
  const { billing } = await renewals.read(subscription.id);
  const digest = createHash('sha256').update(`${subscription.id}#2#1`).digest('hex');
  expect(objectIdFromUuid(billing.next?.transaction ?? '')?.slice(12)).toBe(digest.slice(0, 12));
});
