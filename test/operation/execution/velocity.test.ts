import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { charge } from '#ledger/payments/payment-commands.ts';
import { dayOf } from '#ledger/security/evaluation.ts';
import { createList } from '#ledger/security/list-commands.ts';
import { addItems } from '#ledger/security/list-item-commands.ts';
import type { SecurityList } from '#ledger/security/security-policy.ts';
import { Execution, LOCK_MS } from '#test/support/execution.ts';
import type { Fault } from '#test/support/faulty-acquirer.ts';
import { notOverMidnight } from '#test/support/midnight.ts';

let execution: Execution;

beforeAll(async () => {
  await notOverMidnight();
  execution = await Execution.start();
});
afterAll(() => execution.stop());
beforeEach(() => execution.reset());

const RULE = { kind: 'velocity', subject: 'customer', payments: 3, days: 1, score: 100 } as const;

/** What the counter of the customers of `seed` says of today. */
async function counted(customer: string): Promise<number> {
  const counter = `customer#${customer}`;
  const { counts } = await execution.store.security(execution.merchant, () => ({
    matches: [],
    counters: [counter],
  }));
  return counts.get(counter)?.[dayOf(Date.now())] ?? 0;
}

async function limited(lists: SecurityList[] = []) {
  const policy = {
    version: lists.length === 0 ? 1 : 2,
    lists,
    rules: [RULE],
    itemKinds: lists.length === 0 ? [] : ['CUSTOMER'],
    thresholds: { authenticate: 100, refuse: 100 },
  };
  await execution.store.commit(execution.merchant, [{ change: 'security_policy', policy }]);
}

test.each<{ fault: Fault; ends: 'paid' | 'refused'; counts: number }>([
  { fault: 'crash_before', ends: 'paid', counts: 1 },
  { fault: 'crash_after', ends: 'paid', counts: 1 },
  { fault: 'crash_before', ends: 'refused', counts: 0 },
  { fault: 'answer_lost', ends: 'paid', counts: 1 },
])('a charge that ends with $fault and is $ends counts $counts once it is known', async (one) => {
  await limited();
  const { order, card } = await execution.seed();
  const pay = () =>
    execution.send('key', (context) => {
      return charge(context, { order: order.uuid, card: card.uuid, ip: null });
    });
  execution.acquirer.faults = [one.fault, ...(one.ends === 'refused' ? ['refuse' as const] : [])];
  await pay();
  // Between intent and outcome it counts, so that many at once cannot pass together.
  expect((await execution.order(order.uuid)).status).toBe('pending_processor');
  expect(await counted(card.customer)).toBe(1);
  await execution.recover();
  expect((await execution.order(order.uuid)).status).toBe(one.ends);
  expect(await counted(card.customer)).toBe(one.counts);
  // Whoever comes again counts nothing again.
  execution.advance(LOCK_MS + 1);
  await Promise.all([pay(), execution.recover(), pay()]);
  expect(await counted(card.customer)).toBe(one.counts);
});

test('who is on a white list is not counted', async () => {
  const made = await execution.send(null, async (context) => {
    const draft = { color: 'white' as const, enabled: true, description: 'Regulars' };
    return createList(context, draft);
  });
  if (made === 'crash') throw new Error('The list is made');
  const { list } = JSON.parse(made.body);
  await limited([list]);
  const { order, card } = await execution.seed();
  await execution.send(null, async (context) => {
    await addItems(context, list.uuid, [{ type: 'CUSTOMER', value: card.customer }]);
  });
  await execution.send(null, (context) =>
    charge(context, { order: order.uuid, card: card.uuid, ip: null }),
  );
  expect(await execution.order(order.uuid)).toMatchObject({
    status: 'paid',
    transactions: [{ antifraud: { evaluation: 'WHITELISTED', counted: [] } }],
  });
  expect(await counted(card.customer)).toBe(0);
});
