import { expect, test } from 'vitest';
import { deadlineIn } from '#ledger/core/deadline.ts';
import { OutcomeUnknown } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Change, LedgerStore } from '#ledger/core/store.ts';
import { UnitOfWork } from '#ledger/core/unit-of-work.ts';
import { newOrder } from '#test/support/orders.ts';

const TENANT = { merchant: mintUuid(Date.now()), environment: 'sandbox' as const };
const REPLY = { status: 200, body: '{}' };

function unitWithKey(): { work: UnitOfWork; commits: (readonly Change[])[] } {
  const commits: (readonly Change[])[] = [];
  const commit: LedgerStore['commit'] = async (_, changes) => {
    commits.push(changes);
  };
  const key = { id: 'operation#key', fingerprint: 'digest', lockMs: 1000, expiresAt: 0 };
  const identity = { attempt: mintUuid(Date.now()), again: true, key };
  return {
    work: new UnitOfWork({ commit } as LedgerStore, TENANT, identity, deadlineIn(1000)),
    commits,
  };
}

test('what is over is looked at without writing, also by a request with a key', async () => {
  const { work, commits } = unitWithKey();
  work.close();
  await work.complete(Date.now(), REPLY);
  expect(commits).toEqual([]);
});

test('nothing that is staged when it is over is written', async () => {
  const { work, commits } = unitWithKey();
  work.close();
  work.stage({ change: 'order', order: newOrder(), due: { kind: 'none' }, testClock: false });
  await expect(work.complete(Date.now(), REPLY)).rejects.toThrow(OutcomeUnknown);
  expect(commits).toEqual([]);
});

test('the answer of a key is kept once the outcome is known', async () => {
  const states: (string | undefined)[] = [];
  for (const final of [true, false]) {
    const { work, commits } = unitWithKey();
    work.final = final;
    await work.complete(Date.now(), REPLY);
    const [kept] = commits.flat();
    states.push(kept?.change === 'idempotency_recorded' ? kept.record.state : undefined);
  }
  expect(states).toEqual(['done', undefined]);
});
