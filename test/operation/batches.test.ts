import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type BatchRow,
  type ChunkRef,
  LANES,
  MAX_RUNNING,
  ROWS_PER_CHUNK,
} from '#ledger/batches/batch.ts';
import { cancelBatch, startDueBatch } from '#ledger/batches/batch-commands.ts';
import { attemptOfRow, runChunk } from '#ledger/batches/run-chunk.ts';
import { orderOfRow } from '#ledger/batches/run-row.ts';
import { deadlineIn } from '#ledger/core/deadline.ts';
import { mintUuid, type Uuid } from '#ledger/core/ids.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import { changeOwner } from '#ledger/customers/change-owner.ts';
import { refund } from '#ledger/payments/payment-commands.ts';
import { chunkWorker } from '#operation/execution/chunk-worker.ts';
import { Batches } from '#test/support/batches.ts';
import { REFUSED, SERVICE } from '#test/support/orders.ts';

let batches: Batches;

beforeAll(async () => {
  batches = await Batches.start();
});
afterAll(() => batches.ledger.stop());
beforeEach(() => batches.reset());

/** Charges of one card, of 1, 2, 3 … cents. */
async function charges(count: number): Promise<BatchRow[]> {
  const { card } = await batches.ledger.seed(batches.merchant);
  return Array.from({ length: count }, (_, index) => ({
    line: index + 2,
    amount: index + 1,
    card: card.uuid,
    customer: card.customer,
    service: SERVICE.uuid,
    additional: `row ${index}`,
    notifyUrl: null,
    extraData: null,
  }));
}

const sumTo = (count: number) => (count * (count + 1)) / 2;

/** Each row moved its money once, and the totals say so. */
async function expectAllOnce(uuid: Uuid, count: number): Promise<void> {
  const { state, totals } = await batches.batch(uuid);
  expect(state).toBe('finished');
  expect(totals?.done).toEqual({ count, amounts: { EUR: sumTo(count) } });
  expect(totals?.waiting.count).toBe(0);
  const approved = [...batches.acquirer.effects.values()];
  expect(approved).toHaveLength(count);
  expect(approved.reduce((sum, one) => sum + one.instruction.amount, 0)).toBe(sumTo(count));
}

interface Death {
  diesBefore?: 'result' | 'totals';
  rows?: number;
}

/** A run that has read its row, and goes on with what it read when it is told to, to its death. */
async function held(ref: ChunkRef, { diesBefore, rows = 1 }: Death = {}) {
  const worker = await chunkWorker(batches.ledger.runtime, batches.merchant, deadlineIn(60_000));
  const hasRead = Promise.withResolvers<void>();
  const isFree = Promise.withResolvers<void>();
  const hasDied = Promise.withResolvers<void>();
  const die = () => {
    hasDied.resolve();
    return new Promise<never>(() => {});
  };
  let attempts = 0;
  const run = runChunk(
    {
      ...worker,
      attempt: async (attempt, handle) => {
        attempts += 1;
        if (diesBefore === 'totals' && attempts > rows) return die();
        const result = await worker.attempt(attempt, (context) => {
          const read: LedgerStore['read'] = async (...query) => {
            const found = await context.store.read(...query);
            hasRead.resolve();
            await isFree.promise;
            return found;
          };
          return handle({ ...context, store: { ...context.store, read } });
        });
        return diesBefore === 'result' ? die() : result;
      },
    },
    ref,
  );
  await hasRead.promise;
  return () => {
    isFree.resolve();
    return Promise.race([run, hasDied.promise]);
  };
}

/** A run that dies when it has done its row, before it writes down what became of it. */
async function dyingRun(ref: ChunkRef): Promise<void> {
  const worker = await chunkWorker(batches.ledger.runtime, batches.merchant, deadlineIn(60_000));
  const attempt = async <T>(...work: Parameters<typeof worker.attempt<T>>): Promise<T> => {
    const result = await worker.attempt(...work);
    hasDone.resolve();
    await new Promise(() => {});
    return result;
  };
  const hasDone = Promise.withResolvers<void>();
  void runChunk({ ...worker, attempt }, ref);
  await hasDone.promise;
}

describe('a file', () => {
  test('is worked on row by row, each once, in several lanes', async () => {
    const count = 2 * LANES * ROWS_PER_CHUNK + 50;
    const uuid = await batches.receive(await charges(count));
    expect(batches.queue.map(({ chunk }) => chunk)).toEqual([0, 1, 2, 3]);
    await batches.drain();
    await expectAllOnce(uuid, count);
  });

  test('has orders whose identity comes from the file and the row', async () => {
    const uuid = await batches.receive(await charges(3));
    await batches.drain();
    const [{ base } = { base: '' }] = await batches.progress(uuid);
    const attempt = attemptOfRow(base, 2);
    expect(await batches.order(orderOfRow(attempt))).toMatchObject({
      status: 'paid',
      captured: 3,
      additional: 'row 2',
      description: 'rows.csv',
      transactions: [{ uuid: attempt, status: 'succeeded', amount: 3 }],
    });
  });

  test('is left out when none of its rows can be worked on', async () => {
    const uuid = await batches.receive([{ line: 2, problem: 'Invalid amount' }]);
    await expect(batches.batch(uuid)).rejects.toThrow('There is no batch');
  });

  test('goes on although rows are refused, rejected or impossible', async () => {
    const [first, second, third] = await charges(3);
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    const rejected = { line: 9, problem: 'Invalid card' };
    batches.acquirer.faults = ['refuse'];
    const uuid = await batches.receive([first, rejected, second, third]);
    await batches.drain();
    const [{ results } = { results: [] }] = await batches.progress(uuid);
    expect(results.map((one) => one?.state).toSorted()).toEqual([
      'done',
      'done',
      'refused',
      'rejected',
    ]);
    expect(results[1]).toEqual({
      state: 'rejected',
      amount: 0,
      currency: null,
      error: 'Invalid card',
    });
    expect((await batches.batch(uuid)).totals).toMatchObject({
      rejected: { count: 1 },
      refused: { count: 1 },
    });
  });
});

describe('a row moves its money once', () => {
  test('when its message comes twice, one after the other', async () => {
    const uuid = await batches.receive(await charges(30));
    const [ref] = batches.queue;
    if (ref === undefined) throw new Error('Nothing was announced');
    await batches.drain();
    await batches.deliver(ref);
    await batches.drain();
    await expectAllOnce(uuid, 30);
  });

  test('when the message of the next chunk is lost: the one before it announces it again', async () => {
    const count = LANES * ROWS_PER_CHUNK + 1;
    const uuid = await batches.receive(await charges(count));
    const [first, ...others] = batches.queue.splice(0);
    if (first === undefined) throw new Error('Nothing was announced');
    await batches.deliver(first);
    expect(batches.queue.splice(0)).toMatchObject([{ chunk: LANES }]);
    await batches.deliver(first);
    expect(batches.queue).toMatchObject([{ chunk: LANES }]);
    batches.queue.push(...others);
    await batches.drain();
    await expectAllOnce(uuid, count);
  });

  test('when its message comes twice at the same time', async () => {
    const uuid = await batches.receive(await charges(30));
    const [ref] = batches.queue.splice(0);
    if (ref === undefined) throw new Error('Nothing was announced');
    await Promise.all([batches.deliver(ref), batches.deliver(ref), batches.deliver(ref)]);
    await batches.drain();
    await expectAllOnce(uuid, 30);
  });

  test.each(['crash_before', 'crash_after'] as const)(
    'when the process dies: %s of the money',
    async (fault) => {
      batches.acquirer.faults = ['none', fault, 'none', fault];
      const uuid = await batches.receive(await charges(10));
      const [ref] = batches.queue.splice(0);
      if (ref === undefined) throw new Error('Nothing was announced');
      expect(await batches.deliver(ref)).toBe(true);
      // The two rows that failed have messages that say which they are.
      expect(batches.queue.map(({ line }) => typeof line)).toEqual(['number', 'number']);
      await batches.drain();
      await expectAllOnce(uuid, 10);
    },
  );

  test('when the acquirer’s answer is lost', async () => {
    batches.acquirer.faults = ['answer_lost', 'not_sent'];
    const uuid = await batches.receive(await charges(5));
    await batches.drain();
    expect((await batches.batch(uuid)).state).toBe('running');
    batches.ledger.advance(300_000);
    await batches.watch(uuid);
    await batches.drain();
    await expectAllOnce(uuid, 5);
  });

  describe('though two runs see its card or its file differently:', () => {
    /** A file of one row, whose card is its customer's and, each other time, somebody else's. */
    async function fileOfOne() {
      const [row] = await charges(1);
      if (row === undefined || !('card' in row)) throw new Error();
      const owners = [row.customer, 'somebody else'];
      const changeHands = () => {
        const [from = '', to = ''] = owners;
        owners.reverse();
        return batches.attempt((context) => changeOwner(context, { source: row.card, from, to }));
      };
      const uuid = await batches.receive([row]);
      const [ref] = batches.queue.splice(0);
      if (ref === undefined) throw new Error('Nothing was announced');
      const state = async () => (await batches.progress(uuid))[0]?.results[0]?.state ?? null;
      return { uuid, ref, state, changeHands };
    }

    test('never, once the file says that it was impossible', async () => {
      const { uuid, ref, state, changeHands } = await fileOfOne();
      const goOn = await held(ref);
      await changeHands();
      await batches.deliver(ref);
      expect(await state()).toBe('failed');
      expect((await batches.batch(uuid)).state).toBe('finished');
      await goOn();
      expect(await state()).toBe('failed');
      expect(batches.acquirer.effects.size).toBe(0);
      // Nobody looks for it again: its totals are all that there is to do.
      const worker = await chunkWorker(
        batches.ledger.runtime,
        batches.merchant,
        deadlineIn(60_000),
      );
      const attempt = vi.spyOn(worker, 'attempt');
      await runChunk(worker, ref);
      expect(attempt).toHaveBeenCalledTimes(1);
    });

    test('never, once it was cancelled', async () => {
      const { uuid, ref, state } = await fileOfOne();
      const goOn = await held(ref);
      const batch = await batches.batch(uuid);
      await batches.attempt((context) => cancelBatch(context, batch));
      await dyingRun(ref);
      await goOn();
      expect(await state()).toBeNull();
      await batches.deliver(ref);
      expect(await state()).toBe('cancelled');
      expect((await batches.batch(uuid)).totals?.cancelled.count).toBe(1);
      expect(batches.acquirer.effects.size).toBe(0);
    });

    test('never, once a run has found it impossible that died before it said so', async () => {
      const { ref, state, changeHands } = await fileOfOne();
      await changeHands();
      await dyingRun(ref);
      await changeHands();
      await batches.deliver(ref);
      expect(await state()).toBe('failed');
      expect(batches.acquirer.effects.size).toBe(0);
    });

    test('and says so, though another run found it impossible a moment before', async () => {
      const { uuid, ref, state, changeHands } = await fileOfOne();
      await changeHands();
      const goOn = await held(ref);
      await changeHands();
      batches.acquirer.faults = ['answer_lost'];
      batches.acquirer.isReachable = false;
      await batches.deliver(ref);
      expect(await state()).toBeNull();
      batches.acquirer.isReachable = true;
      await goOn();
      await batches.drain();
      expect(await state()).toBe('done');
      expect((await batches.batch(uuid)).totals?.done).toEqual({ count: 1, amounts: { EUR: 1 } });
      expect(batches.acquirer.effects.size).toBe(1);
    });
  });

  test('when every message was lost', async () => {
    const uuid = await batches.receive(await charges(150));
    batches.queue.length = 0;
    batches.ledger.advance(300_000);
    await batches.watch(uuid);
    await batches.drain();
    await expectAllOnce(uuid, 150);
  });

  test('when there was no time for all rows of a chunk', async () => {
    const uuid = await batches.receive(await charges(20));
    const [ref] = batches.queue.splice(0);
    if (ref === undefined) throw new Error('Nothing was announced');
    await batches.deliver(ref, 20_000);
    expect(batches.queue).toEqual([ref]);
    await batches.drain();
    await expectAllOnce(uuid, 20);
  });

  test('when the request is tried again because its answer was lost', async () => {
    const rows = await charges(3);
    const attempt = mintUuid(Date.now());
    const options = { digest: 'same' };
    await batches.receive(rows, options, attempt);
    await batches.receive(rows, options, attempt);
    await batches.drain();
    await expectAllOnce(attempt, 3);
  });

  test('when the file is sent again by accident, one after the other or at once', async () => {
    const rows = await charges(3);
    const first = await batches.receive(rows, { digest: 'twice' });
    await expect(batches.receive(rows, { digest: 'twice' })).rejects.toMatchObject({
      code: 'file_already_received',
      subject: first,
    });
    const many = Array.from({ length: 5 }, () => batches.receive(rows, { digest: 'at once' }));
    const settled = await Promise.allSettled(many);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    batches.ledger.advance(24 * 3_600_000 + 1000);
    await batches.receive(rows, { digest: 'twice' });
  });
});

test('a file that is sent again on purpose is another file', async () => {
  const rows = await charges(2);
  await batches.receive(rows, { digest: 'on purpose' });
  const again = await batches.receive(rows, { digest: 'on purpose' }, mintUuid(Date.now()), 'key');
  await expect(batches.receive(rows, { digest: 'on purpose' })).rejects.toMatchObject({
    subject: again,
  });
  await batches.drain();
  expect(batches.acquirer.moved('sale')).toBe(4);
});

test('a row that fails again and again ends in a message that names it', async () => {
  batches.acquirer.faults = ['crash_before', 'crash_before', 'crash_after'];
  const uuid = await batches.receive(await charges(1));
  const [ref] = batches.queue.splice(0);
  if (ref === undefined) throw new Error('Nothing was announced');
  expect(await batches.deliver(ref)).toBe(true);
  const [alone] = batches.queue.splice(0);
  expect(alone).toMatchObject({ chunk: 0, line: 2 });
  if (alone === undefined) throw new Error('The row has no message of its own');
  // Each failure returns it to its queue, and in the end to the queue of dead letters.
  for (const isHandled of [false, false, true]) {
    expect(await batches.deliver(alone)).toBe(isHandled);
  }
  await expectAllOnce(uuid, 1);
});

describe('a file of a merchant', () => {
  test('waits while so many others are worked on', async () => {
    const rows = await charges(1);
    for (let index = 0; index < MAX_RUNNING; index += 1) await batches.receive(rows);
    const last = await batches.receive(rows);
    expect(await batches.batch(last)).toMatchObject({ state: 'waiting' });
    await batches.attempt((context) => startDueBatch(context, last));
    expect(await batches.batch(last)).toMatchObject({ state: 'waiting' });
    await batches.drain();
    await batches.attempt((context) => startDueBatch(context, last));
    await batches.drain();
    expect(await batches.batch(last)).toMatchObject({ state: 'finished' });
  });

  test('does not begin before its time', async () => {
    const executeAt = batches.ledger.runtime.realNowMs() + 3_600_000;
    const uuid = await batches.receive(await charges(1), { executeAt });
    expect(batches.queue).toEqual([]);
    await batches.attempt((context) => startDueBatch(context, uuid));
    expect(await batches.batch(uuid)).toMatchObject({ state: 'waiting' });
    batches.ledger.advance(3_600_000);
    await batches.attempt((context) => startDueBatch(context, uuid));
    await batches.drain();
    await expectAllOnce(uuid, 1);
  });

  test('that is cancelled before its time charges nothing', async () => {
    const executeAt = batches.ledger.runtime.realNowMs() + 3_600_000;
    const uuid = await batches.receive(await charges(3), { executeAt });
    const batch = await batches.batch(uuid);
    await batches.attempt((context) => cancelBatch(context, batch));
    batches.ledger.advance(3_600_000);
    await batches.attempt((context) => startDueBatch(context, uuid));
    await batches.drain();
    expect(await batches.batch(uuid)).toMatchObject({
      state: 'cancelled',
      totals: { cancelled: { count: 3 }, done: { count: 0 } },
    });
    expect(batches.acquirer.effects.size).toBe(0);
  });

  test('that is cancelled before anybody has begun has its totals with the next message', async () => {
    const uuid = await batches.receive(await charges(2));
    const batch = await batches.batch(uuid);
    await batches.attempt((context) => cancelBatch(context, batch));
    expect((await batches.batch(uuid)).totals).toBeNull();
    await batches.drain();
    expect((await batches.batch(uuid)).totals).toMatchObject({ cancelled: { count: 2 } });
  });

  test('that is cancelled half-way finishes what has begun, and nothing else', async () => {
    const uuid = await batches.receive(await charges(250));
    const [first] = batches.queue;
    batches.acquirer.faults = ['crash_after', 'crash_before'];
    if (first !== undefined) await batches.deliver(first);
    const batch = await batches.batch(uuid);
    await batches.attempt((context) => cancelBatch(context, batch));
    const { store } = batches.ledger.runtime;
    const { runningBatches } = await store.read(batches.merchant, { runningBatches: 'all' });
    expect(runningBatches?.batches, 'others may run').toEqual([]);
    await batches.drain();
    const { state, totals } = await batches.batch(uuid);
    expect(state).toBe('cancelled');
    // Two rows of a hundred were sent alone: one of them had moved money.
    expect(totals).toMatchObject({ waiting: { count: 0 }, refused: { count: 0 } });
    expect(totals?.done.count).toBe(batches.acquirer.moved('sale'));
    expect((totals?.done.count ?? 0) + (totals?.cancelled.count ?? 0)).toBe(250);
    expect(totals?.done.count).toBeGreaterThanOrEqual(99);
    expect(totals?.done.count).toBeLessThanOrEqual(100);
  });
});

describe('refunds', () => {
  const refundOf = (order: Uuid, line: number, amount: number): BatchRow => ({
    line,
    order,
    amount,
  });

  async function paidOrder(): Promise<Uuid> {
    const uuid = await batches.receive(await charges(10));
    await batches.drain();
    const [{ base } = { base: '' }] = await batches.progress(uuid);
    return orderOfRow(attemptOfRow(base, 9));
  }

  test('of one order are made in the order of the file, up to what was paid', async () => {
    const order = await paidOrder();
    const amounts = [4, 5, 3, 1, 1];
    const uuid = await batches.receive(
      amounts.map((amount, at) => refundOf(order, at + 2, amount)),
    );
    await batches.drain();
    const [{ results } = { results: [] }] = await batches.progress(uuid);
    expect(results.map((one) => one?.error ?? one?.state)).toEqual([
      'done',
      'done',
      'refund_exceeds_captured',
      'done',
      'order_not_refundable',
    ]);
    expect(await batches.order(order)).toMatchObject({ status: 'refunded', refunded: 10 });
  });

  test('are not made once their file is cancelled', async () => {
    const order = await paidOrder();
    const uuid = await batches.receive([refundOf(order, 2, 1), refundOf(order, 3, 2)]);
    const [ref] = batches.queue;
    if (ref === undefined) throw new Error('Nothing was announced');
    // No row has its turn yet.
    await batches.deliver(ref, 0);
    const batch = await batches.batch(uuid);
    await batches.attempt((context) => cancelBatch(context, batch));
    await batches.drain();
    const { totals } = await batches.batch(uuid);
    expect(totals).toMatchObject({ cancelled: { count: 2 }, done: { count: 0 } });
    expect(await batches.order(order)).toMatchObject({ refunded: 0 });
  });

  test.each(['crash_before', 'crash_after'] as const)(
    'that had begun are finished when their file is cancelled: %s',
    async (fault) => {
      const order = await paidOrder();
      const uuid = await batches.receive([refundOf(order, 2, 4)]);
      const [ref] = batches.queue.splice(0);
      if (ref === undefined) throw new Error('Nothing was announced');
      batches.acquirer.faults = [fault];
      await batches.deliver(ref);
      const batch = await batches.batch(uuid);
      await batches.attempt((context) => cancelBatch(context, batch));
      await batches.drain();
      expect(await batches.order(order)).toMatchObject({ refunded: 4 });
      const { totals } = await batches.batch(uuid);
      expect(totals).toMatchObject({ cancelled: { count: 0 }, done: { amounts: { EUR: 4 } } });
    },
  );

  test('that were made are in the file, though another run found it cancelled meanwhile', async () => {
    const order = await paidOrder();
    const uuid = await batches.receive([refundOf(order, 2, 4)]);
    const [ref] = batches.queue.splice(0);
    if (ref === undefined) throw new Error('Nothing was announced');
    const goOn = await held(ref);
    const batch = await batches.batch(uuid);
    await batches.attempt((context) => cancelBatch(context, batch));
    await batches.deliver(ref);
    expect((await batches.batch(uuid)).totals).toMatchObject({ cancelled: { count: 1 } });
    await goOn();
    expect(await batches.order(order)).toMatchObject({ refunded: 4 });
    const [{ results } = { results: [] }] = await batches.progress(uuid);
    expect(results).toMatchObject([{ state: 'done', amount: 4 }]);
    const { totals } = await batches.batch(uuid);
    expect(totals).toMatchObject({ cancelled: { count: 0 }, done: { amounts: { EUR: 4 } } });
  });

  test.each(['result', 'totals'] as const)(
    'are in the file, though the run that made them late died before its %s',
    async (diesBefore) => {
      const order = await paidOrder();
      const tooMuch = refundOf(order, 3, 1_000_000);
      const uuid = await batches.receive([refundOf(order, 2, 4), tooMuch]);
      const [ref] = batches.queue.splice(0);
      if (ref === undefined) throw new Error('Nothing was announced');
      const goOn = await held(ref, { diesBefore, rows: 2 });
      const batch = await batches.batch(uuid);
      await batches.attempt((context) => cancelBatch(context, batch));
      await batches.deliver(ref);
      await goOn();
      expect((await batches.batch(uuid)).totals).toMatchObject({ done: { count: 0 } });
      await batches.deliver(ref);
      const [{ results } = { results: [] }] = await batches.progress(uuid);
      expect(results).toMatchObject([{ state: 'done', amount: 4 }, { state: 'cancelled' }]);
      const { totals } = await batches.batch(uuid);
      expect(totals).toMatchObject({ cancelled: { count: 1 }, done: { amounts: { EUR: 4 } } });
      expect(await batches.order(order)).toMatchObject({ refunded: 4 });
    },
  );

  test('are in the file, though it says that they were impossible and who made them died', async () => {
    const order = await paidOrder();
    const uuid = await batches.receive([refundOf(order, 2, 4)]);
    const [ref] = batches.queue.splice(0);
    if (ref === undefined) throw new Error('Nothing was announced');
    const goOn = await held(ref, { diesBefore: 'result' });
    const { acquirer } = batches;
    const isRefused = Promise.withResolvers<void>();
    acquirer.perform = () => isRefused.promise.then(() => REFUSED);
    const all = batches.attempt((context) => refund(context, { order, amount: null }));
    await expect.poll(async () => (await batches.order(order))?.transactions).toHaveLength(2);
    await batches.deliver(ref);
    expect((await batches.batch(uuid)).totals).toMatchObject({ failed: { count: 1 } });
    isRefused.resolve();
    await all;
    Reflect.deleteProperty(acquirer, 'perform');
    await goOn();
    expect(await batches.order(order)).toMatchObject({ refunded: 4 });
    await batches.deliver(ref);
    const { totals } = await batches.batch(uuid);
    expect(totals).toMatchObject({ failed: { count: 0 }, done: { amounts: { EUR: 4 } } });
  });

  test('are made once, whatever is delivered twice or crashes', async () => {
    const order = await paidOrder();
    const rows = Array.from({ length: 5 }, (_, at) => refundOf(order, at + 2, 1));
    batches.acquirer.faults = ['crash_after', 'none', 'crash_before'];
    const uuid = await batches.receive(rows);
    const [ref] = batches.queue;
    if (ref === undefined) throw new Error('Nothing was announced');
    await Promise.all([batches.deliver(ref), batches.deliver(ref)]);
    await batches.drain();
    batches.ledger.advance(300_000);
    await batches.watch(uuid);
    await batches.drain();
    expect(await batches.order(order)).toMatchObject({ refunded: 5 });
    expect(batches.acquirer.moved('refund')).toBe(5);
    expect(await batches.batch(uuid)).toMatchObject({ state: 'finished' });
  });

  test('of an order that does not exist fail and say so', async () => {
    const uuid = await batches.receive([refundOf(mintUuid(Date.now()), 2, 1)]);
    await batches.drain();
    const [{ results } = { results: [] }] = await batches.progress(uuid);
    expect(results).toEqual([
      { state: 'failed', amount: 0, currency: null, error: 'order_not_found' },
    ]);
  });
});
